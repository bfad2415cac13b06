using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.State;

/// <summary>A variable of an instance with its value.</summary>
/// <param name="Id">The id of the variable.</param>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">The name of its type.</param>
/// <param name="Value">Its value.</param>
public sealed record InstanceVariable(string Id, string Name, string TypeName, object? Value);

/// <summary>Reads the variables of an instance.</summary>
public static class InstanceVariables
{
    /// <summary>The variables of the workflow itself, in the order of the definition.</summary>
    public static IReadOnlyList<InstanceVariable> Read(CompiledWorkflow workflow, WorkflowState state)
    {
        var saved = state.Contexts.FirstOrDefault(x => x.Node.Length == 0)?.Variables;
        return [.. workflow.Root.Variables.Select(x => new InstanceVariable(
            x.Id, x.Name, TypeNames.Of(x.Type), saved is not null && saved.TryGetValue(x.Id, out var value) ? ValueConversion.To(value, x.Type) : x.Fresh()))];
    }
}
