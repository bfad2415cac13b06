using System.Text.Json.Serialization;
using CaseFlow.Workflows.Compilation;

namespace CaseFlow.Workflows.Flowchart;

/// <summary>The tokens of a flowchart in a saved state, by the keys of the connections.</summary>
internal sealed class FlowState
{
    /// <summary>Tokens that wait before merges.</summary>
    [JsonPropertyName("t")]
    public Dictionary<string, int>? Tokens { get; init; }

    /// <summary>Connections that count as arrived.</summary>
    [JsonPropertyName("c")]
    public List<string>? Credit { get; init; }

    /// <summary>Connections that brought something to the last run of their merge.</summary>
    [JsonPropertyName("u")]
    public List<string>? Used { get; init; }

    public static FlowState? Save(ActivityExecutionContext context)
    {
        if (context.Flow is not { } scope || context.Node.Flow is not { Merges.Length: > 0 } graph)
        {
            return null;
        }

        Dictionary<string, int>? tokens = null;
        List<string>? credit = null;
        List<string>? used = null;
        foreach (var c in graph.Connections)
        {
            if (scope.Tokens[c.Index] > 0)
            {
                (tokens ??= [])[c.Key] = scope.Tokens[c.Index];
            }

            if (scope.Credit[c.Index])
            {
                (credit ??= []).Add(c.Key);
            }

            if (scope.Used[c.Index])
            {
                (used ??= []).Add(c.Key);
            }
        }

        return tokens is null && credit is null && used is null ? null : new FlowState { Tokens = tokens, Credit = credit, Used = used };
    }

    public static FlowScope Restore(ActivityNode node, FlowState? saved)
    {
        var scope = new FlowScope(node.Flow!, node.Children.Length);
        if (saved is null)
        {
            return scope;
        }

        foreach (var c in node.Flow!.Connections)
        {
            if (saved.Tokens is not null && saved.Tokens.TryGetValue(c.Key, out var count))
            {
                scope.Tokens[c.Index] = count;
                scope.TokenTotal += count;
            }

            scope.Credit[c.Index] = saved.Credit?.Contains(c.Key) ?? false;
            scope.Used[c.Index] = saved.Used?.Contains(c.Key) ?? false;
        }

        return scope;
    }
}
