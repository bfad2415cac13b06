using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Workflows.Activities;

/// <summary>Where a flowchart starts.</summary>
[Activity("Elsa", "Flow", "A milestone activity that marks the start of a flowchart.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Start, Elsa.Workflows.Core", IsStart = true)]
internal sealed class Start : CodeActivity;

/// <summary>Ends the flowchart or sequence that it is in.</summary>
[Activity("Elsa", "Flow", "A milestone activity that marks the end of a flowchart.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.End, Elsa.Workflows.Core", IsTerminal = true)]
internal sealed class End : CodeActivity;

/// <summary>Ends the instance.</summary>
[Activity("Elsa", "Primitives", "Mark the workflow as finished.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Finish, Elsa.Workflows.Core", IsTerminal = true)]
internal sealed class Finish : Activity
{
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.WorkflowExecutionContext.FinishNowAsync(context);
}

/// <summary>Completes the workflow or composite that it is in, with outcomes.</summary>
[Activity("Elsa", "Composition", "Signals the current composite activity to complete itself as a whole.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Complete, Elsa.Workflows.Core", IsTerminal = true)]
internal sealed class Complete : Activity
{
    /// <summary>One outcome or several.</summary>
    [Input(Description = "The outcome or set of outcomes to complete this activity with.", UIHint = InputUIHints.OutcomePicker, DefaultSyntax = "Object")]
    public Input<object>? Outcomes { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        context.CompleteCompositeAsync(Names(Outcomes.GetOrDefault(context)));

    /// <summary>A text that is a JSON array, such as the designer writes for several outcomes, is read as one.</summary>
    private static string[] Names(object? value)
    {
        if (value is string text && text.TrimStart().StartsWith('['))
        {
            try
            {
                value = Values.JsonValues.Parse(text);
            }
            catch (System.Text.Json.JsonException)
            {
                return [text];
            }
        }

        return value switch
        {
            null or "" => ["Done"],
            string name => [name],
            System.Collections.IEnumerable items and not System.Collections.IDictionary => [.. items.Cast<object?>().Where(x => x is not null).Select(x => Values.ValueConversion.ToText(x!))],
            _ => [Values.ValueConversion.ToText(value)],
        };
    }
}

/// <summary>Faults.</summary>
[Activity("Elsa", "Primitives", "Faults the workflow.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Fault, Elsa.Workflows.Core")]
internal sealed class Fault : Activity
{
    /// <summary>A code for programs.</summary>
    [Input(Description = "Code to categorize the fault.")]
    public Input<string>? Code { get; set; }

    /// <summary>A category.</summary>
    [Input(Description = "Category to categorize the fault. Examples: HTTP, Alteration, Azure, etc.")]
    public Input<string>? Category { get; set; }

    /// <summary>The type of the fault.</summary>
    [Input(DisplayName = "Type", Description = "The type of fault. Examples: System, Business, Integration, etc.")]
    public Input<string>? FaultType { get; set; }

    /// <summary>What went wrong.</summary>
    [Input(Description = "The message to include with the fault.")]
    public Input<string>? Message { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        throw new FaultException(
            Code.GetOrDefault(context), Category.GetOrDefault(context), FaultType.GetOrDefault(context), Message.GetOrDefault(context) ?? "");
}
