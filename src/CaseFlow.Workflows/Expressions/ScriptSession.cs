using Jint;

namespace CaseFlow.Workflows.Expressions;

/// <summary>
/// Runs the scripts of one burst. Expressions share an engine, which is made when the first one runs; scripts that would leave
/// something behind get an engine of their own. No engine knows CLR types.
/// </summary>
internal sealed class ScriptSession(WorkflowExecutionContext workflow)
{
    private ScriptHost? sharedHost;

    /// <summary>Runs a script and gives its value; the outcomes are those that <c>setOutcome</c> named.</summary>
    public object? Run(PreparedScript script, ActivityExecutionContext context, out IReadOnlyList<string> outcomes)
    {
        if (script.SyntaxError is { } error)
        {
            throw new FormatException(error);
        }

        var host = script.NeedsOwnEngine ? new ScriptHost(NewEngine(workflow.CancellationToken)) : SharedHost();
        if (script.MayMakeMuch)
        {
            host.Bound();
        }

        var outer = host.Enter(context);
        try
        {
            host.Define(script);
            var result = host.Engine.Evaluate(script.Script);

            // The last statement may have passed a limit; nobody would look any more.
            host.Engine.Constraints.Check();
            var value = ScriptValues.ToPlain(result);
            outcomes = host.Outcomes;
            return value;
        }
        finally
        {
            host.Leave(outer);
        }
    }

    private ScriptHost SharedHost() => sharedHost ??= new ScriptHost(NewEngine(workflow.CancellationToken));

    private static Engine NewEngine(CancellationToken cancellationToken) => new(options => Limit(options, cancellationToken));

    private static void Limit(Options options, CancellationToken cancellationToken)
    {
        options.LimitRecursion(100);
        options.MaxStatements(100_000);
        options.TimeoutInterval(TimeSpan.FromSeconds(2));
        options.LimitMemory(64_000_000);
        options.Constraints.MaxArraySize = ScriptBounds.MostElements;
        options.RegexTimeoutInterval(TimeSpan.FromSeconds(1));
        options.CancellationToken(cancellationToken);
        options.LocalTimeZone(TimeZoneInfo.Utc);
        options.Culture(System.Globalization.CultureInfo.InvariantCulture);
        options.Interop.AllowGetType = false;
        options.Interop.AllowSystemReflection = false;
    }
}
