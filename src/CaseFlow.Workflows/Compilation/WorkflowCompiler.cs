using System.Collections.Concurrent;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Workflows.Compilation;

/// <summary>Compiles definitions and keeps what it has compiled, by version and content.</summary>
/// <param name="registry">The activity types.</param>
/// <param name="source">Where definitions used as activities come from.</param>
public sealed class WorkflowCompiler(ActivityRegistry registry, IWorkflowDefinitionSource source)
{
    private readonly ConcurrentDictionary<string, CompiledWorkflow> cache = new(StringComparer.Ordinal);

    /// <summary>The activity types.</summary>
    public ActivityRegistry Registry => registry;

    /// <summary>Compiles a definition. What is wrong with it is told by <see cref="CompiledWorkflow.Problems"/>.</summary>
    public async ValueTask<CompiledWorkflow> CompileAsync(WorkflowDefinition definition, CancellationToken cancellationToken = default)
    {
        var key = $"{definition.VersionId}|{definition.ContentHash}";
        if (cache.TryGetValue(key, out var compiled) && await AreCurrentAsync(compiled, cancellationToken))
        {
            return compiled;
        }

        var used = await UsedDefinitions.CollectAsync(definition, registry, source, cancellationToken);
        compiled = new GraphBuilder(definition, registry, used).Build();
        cache[key] = compiled;
        return compiled;
    }

    /// <summary>Composites are pinned by version; only those that were not found when the consumer was compiled are looked for again.</summary>
    private static ValueTask<bool> AreCurrentAsync(CompiledWorkflow compiled, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(!compiled.Problems.Any(x => string.Equals(x.Code, ProblemCodes.UnknownType, StringComparison.Ordinal)));
    }
}

/// <summary>The codes of problems.</summary>
public static class ProblemCodes
{
    /// <summary>The activity type is not registered, and no definition of that name can be used as an activity.</summary>
    public const string UnknownType = "unknown-activity-type";

    /// <summary>An expression cannot be read.</summary>
    public const string BadExpression = "bad-expression";

    /// <summary>An expression language that is not known.</summary>
    public const string UnknownLanguage = "unknown-expression-type";

    /// <summary>A connection leads from or to an activity that is not there.</summary>
    public const string BrokenConnection = "broken-connection";

    /// <summary>Two activities of a container have the same id.</summary>
    public const string DuplicateId = "duplicate-id";

    /// <summary>A definition uses itself, directly or by others.</summary>
    public const string Recursion = "recursion";

    /// <summary>The definition has no root activity.</summary>
    public const string NoRoot = "no-root";

    /// <summary>A variable has a type that is not known.</summary>
    public const string UnknownVariableType = "unknown-variable-type";

    /// <summary>A join waits for a branch that can never arrive, or that may end elsewhere.</summary>
    public const string JoinMayStarve = "join-may-starve";

    /// <summary>An activity cannot be reached from the start.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>SetVariable or an output names a variable that is not in scope.</summary>
    public const string UnknownVariable = "unknown-variable";
}
