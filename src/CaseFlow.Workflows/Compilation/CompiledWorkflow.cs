using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Workflows.Compilation;

/// <summary>A definition, ready to run: an immutable graph that all instances of the version share.</summary>
public sealed class CompiledWorkflow
{
    private readonly Dictionary<string, ActivityNode> byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ActivityNode>> byId = new(StringComparer.Ordinal);

    internal CompiledWorkflow(WorkflowDefinition definition, ActivityNode root, IReadOnlyList<DefinitionProblem> problems, bool readsOutputs)
    {
        Definition = definition;
        Root = root;
        Problems = problems;
        ReadsOutputs = readsOutputs;
        Index(root);
    }

    /// <summary>The definition.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>What is wrong with the definition; with an error in it, it is not published and does not run.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; }

    /// <summary>Whether the definition can run.</summary>
    public bool IsValid => !Problems.Any(x => x.Severity == ProblemSeverity.Error);

    /// <summary>The activities in the order of the definition.</summary>
    public IEnumerable<CompiledActivity> Activities => byPath.Values.Select(x => new CompiledActivity(x.ActivityId, x.NodeId, x.TypeName, x.Name, x.Activity));

    internal ActivityNode Root { get; }

    internal IEnumerable<ActivityNode> Nodes => byPath.Values;

    /// <summary>Whether an expression may read the outputs of activities, so that they must be kept.</summary>
    internal bool ReadsOutputs { get; }

    /// <summary>Throws where the definition cannot run.</summary>
    /// <exception cref="WorkflowRefusedException">The definition has an error.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
        {
            throw new WorkflowRefusedException(
                RefusalReasons.DefinitionInvalid,
                string.Join("; ", Problems.Where(x => x.Severity == ProblemSeverity.Error).Select(x => $"{x.NodeId}: {x.Message}")));
        }
    }

    /// <summary>Finds an activity by node id, or by id where it occurs once.</summary>
    internal ActivityNode? Find(string idOrNodeId)
    {
        if (byId.TryGetValue(idOrNodeId, out var nodes))
        {
            // An id that also occurs in a definition used as an activity means the one of this definition.
            var own = nodes.Where(x => ReferenceEquals(x.Definition, Definition)).ToList();
            return own.Count == 1 ? own[0] : nodes.Count == 1 ? nodes[0] : null;
        }

        return byPath.Values.FirstOrDefault(x => string.Equals(x.NodeId, idOrNodeId, StringComparison.Ordinal));
    }

    internal ActivityNode? FindByPath(string path) => byPath.GetValueOrDefault(path);

    /// <summary>Finds an activity by id or name among those of the same definition.</summary>
    internal ActivityNode? FindInScope(ActivityNode reader, string idOrName)
    {
        var scope = ScopeOf(reader);
        return (byId.GetValueOrDefault(idOrName) ?? []).FirstOrDefault(x => ReferenceEquals(ScopeOf(x), scope))
            ?? byPath.Values.FirstOrDefault(x => string.Equals(x.Name, idOrName, StringComparison.Ordinal) && ReferenceEquals(ScopeOf(x), scope));
    }

    internal IEnumerable<ActivityNode> NodesInScope(ActivityNode reader)
    {
        var scope = ScopeOf(reader);
        return byPath.Values.Where(x => ReferenceEquals(ScopeOf(x), scope));
    }

    private static ActivityNode ScopeOf(ActivityNode node)
    {
        var current = node.Parent ?? node;
        while (!current.IsWorkflow && current.Parent is { } parent)
        {
            current = parent;
        }

        return current;
    }

    private void Index(ActivityNode node)
    {
        byPath[node.Path] = node;
        if (!byId.TryGetValue(node.ActivityId, out var nodes))
        {
            byId[node.ActivityId] = nodes = [];
        }

        nodes.Add(node);
        foreach (var child in node.Children)
        {
            Index(child);
        }
    }
}

/// <summary>An activity of a compiled workflow, for those outside of the engine.</summary>
/// <param name="ActivityId">The id.</param>
/// <param name="NodeId">The node id.</param>
/// <param name="TypeName">The type name.</param>
/// <param name="Name">The name.</param>
/// <param name="Activity">The activity object, shared by all instances.</param>
public sealed record CompiledActivity(string ActivityId, string NodeId, string TypeName, string? Name, IActivity Activity);

/// <summary>How bad a problem is.</summary>
public enum ProblemSeverity
{
    /// <summary>The definition runs, but probably not as meant.</summary>
    Warning,

    /// <summary>The definition is not published and does not run.</summary>
    Error,
}

/// <summary>A problem of a definition, with the node named.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">A code for programs.</param>
/// <param name="ActivityId">The id of the activity.</param>
/// <param name="NodeId">The node id of the activity.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record DefinitionProblem(ProblemSeverity Severity, string Code, string ActivityId, string NodeId, string Message);
