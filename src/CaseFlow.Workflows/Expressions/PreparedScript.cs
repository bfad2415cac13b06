using System.Text.RegularExpressions;
using Acornima.Ast;
using Jint;

namespace CaseFlow.Workflows.Expressions;

/// <summary>A parsed script, and what is known of it before it runs.</summary>
internal sealed partial class PreparedScript
{
    private PreparedScript()
    {
    }

    public string Text { get; private init; } = "";

    public Prepared<Script> Script { get; private init; }

    public string? SyntaxError { get; private init; }

    /// <summary>Names after <c>get</c> that may be variables, inputs or outputs.</summary>
    public IReadOnlyList<string> Getters { get; private init; } = [];

    /// <summary>Names after <c>set</c> that may be variables.</summary>
    public IReadOnlyList<string> Setters { get; private init; } = [];

    /// <summary>Whether the script leaves something behind in the engine that another script would see.</summary>
    public bool NeedsOwnEngine { get; private init; }

    public bool ReadsOutputs { get; private init; }

    /// <summary>Whether the script may call one of the functions that make a long text or list at once.</summary>
    public bool MayMakeMuch { get; private init; }

    public static PreparedScript Prepare(string text)
    {
        Prepared<Script> script = default;
        string? error = null;
        try
        {
            script = Engine.PrepareScript(text);
        }
        catch (Exception e) when (e is ScriptPreparationException or Acornima.ParseErrorException or Jint.Runtime.JavaScriptException)
        {
            error = e.InnerException?.Message ?? e.Message;
        }

        return new PreparedScript
        {
            Text = text,
            Script = script,
            SyntaxError = error,
            Getters = Names(GetterPattern().Matches(text)),
            Setters = Names(SetterPattern().Matches(text)),
            NeedsOwnEngine = error is null && LeavesSomething(script.Program!, text),
            ReadsOutputs = MayReadOutputs(text),
            MayMakeMuch = MuchPattern().IsMatch(text),
        };
    }

    /// <summary>Whether a text may read the outputs of activities, so that they must be kept.</summary>
    public static bool MayReadOutputs(string text) => OutputPattern().IsMatch(text);

    private static List<string> Names(MatchCollection matches) => [.. matches.Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    private static bool LeavesSomething(Script program, string text)
    {
        foreach (var statement in program.Body)
        {
            if (statement is VariableDeclaration or FunctionDeclaration or ClassDeclaration)
            {
                return true;
            }
        }

        return AssignmentPattern().IsMatch(text);
    }

    [GeneratedRegex(@"\bget([A-Z_$\p{L}][\w$\p{L}]*)")]
    private static partial Regex GetterPattern();

    [GeneratedRegex(@"\bset([A-Z_$\p{L}][\w$\p{L}]*)")]
    private static partial Regex SetterPattern();

    [GeneratedRegex(@"getOutputFrom|getLastResult|get\w+From\w+")]
    private static partial Regex OutputPattern();

    /// <summary>Names of such functions, and all by which a script could reach them under another name.</summary>
    [GeneratedRegex(@"repeat|pad|concat|replace|split|join|fill|Array|Buffer|String|eval|Function|constructor|\[|\\")]
    private static partial Regex MuchPattern();

    /// <summary>An assignment to something, or a change of a built-in: rare in expressions, and then the script gets an engine of its own.</summary>
    [GeneratedRegex(@"(?<![=!<>])=(?![=>])|\+\+|--|prototype|globalThis|\bvar\b|defineProperty|delete\b")]
    private static partial Regex AssignmentPattern();
}
