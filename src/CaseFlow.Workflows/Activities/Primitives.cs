using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Workflows.Activities;

/// <summary>Assigns a variable.</summary>
[Activity("Elsa", "Primitives", "Assign a value to a workflow variable.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.SetVariable, Elsa.Workflows.Core")]
internal sealed class SetVariable : CodeActivity
{
    /// <summary>The variable.</summary>
    [Input(Description = "The variable to assign the value to.")]
    public Variable? Variable { get; set; }

    /// <summary>The value.</summary>
    [Input(Description = "The value to assign.")]
    public Input<object>? Value { get; set; }

    protected override void Execute(ActivityExecutionContext context) => Variable?.Set(context, Value.GetOrDefault(context));
}

/// <summary>Sets an output of the workflow or composite.</summary>
[Activity("Elsa", "Composition", "Assigns a given value to a the container's output.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Management.Activities.SetOutput.SetOutput, Elsa.Workflows.Management")]
internal sealed class SetOutput : CodeActivity
{
    /// <summary>The name of the output.</summary>
    [Input(DisplayName = "Output", Description = "The output to assign.", UIHint = InputUIHints.OutputPicker)]
    public Input<string>? OutputName { get; set; }

    /// <summary>The value.</summary>
    [Input(Description = "The value to assign.")]
    public Input<object>? OutputValue { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var name = OutputName.GetOrDefault(context);
        if (string.IsNullOrEmpty(name))
        {
            throw new InvalidOperationException("SetOutput names no output.");
        }

        var value = OutputValue.GetOrDefault(context);
        var scope = context.ScopeRoot;
        if (scope.ParentActivityExecutionContext is null)
        {
            context.WorkflowExecutionContext.Outputs[name] = value;
        }
        else
        {
            (scope.ScopeOutputs ??= [])[name] = value;
        }
    }
}

/// <summary>Names the instance.</summary>
[Activity("Elsa", "Primitives", "Set the name of the workflow instance to a specified value.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.SetName, Elsa.Workflows.Core")]
internal sealed class SetName : CodeActivity
{
    /// <summary>The name.</summary>
    [Input]
    public Input<string>? Value { get; set; }

    protected override void Execute(ActivityExecutionContext context) =>
        context.WorkflowExecutionContext.Name = Value.GetOrDefault(context);
}

/// <summary>Sets the correlation id.</summary>
[Activity("Elsa", "Primitives", "Set the CorrelationId of the workflow to a given value.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Correlate, Elsa.Workflows.Core")]
internal sealed class Correlate : CodeActivity
{
    /// <summary>The correlation id.</summary>
    [Input(Description = "An expression that evaluates to the value to store as the correlation id")]
    public Input<string>? CorrelationId { get; set; }

    protected override void Execute(ActivityExecutionContext context) =>
        context.WorkflowExecutionContext.CorrelationId = CorrelationId.GetOrDefault(context);
}

/// <summary>Writes a line.</summary>
[Activity("Elsa", "Console", "Write a line of text to the console.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.WriteLine, Elsa.Workflows.Core")]
internal sealed class WriteLine : CodeActivity
{
    /// <summary>The text.</summary>
    [Input(Description = "The text to write.")]
    public Input<string>? Text { get; set; }

    protected override void Execute(ActivityExecutionContext context) =>
        context.WorkflowExecutionContext.Lines.Add(Text.GetOrDefault(context) ?? "");
}

/// <summary>Runs a script.</summary>
[Activity("Elsa", "Scripting", "Executes JavaScript code", DisplayName = "Run JavaScript")]
[BuiltIn("UnregisteredClrType:Elsa.Expressions.JavaScript.Activities.RunJavaScript, Elsa.Expressions.JavaScript")]
internal sealed class RunJavaScript : Activity
{
    private volatile Expressions.PreparedScript? prepared;

    /// <summary>The script.</summary>
    [Input(Description = "The script to run.", UIHint = InputUIHints.CodeEditor, DefaultSyntax = "JavaScript")]
    public Input<string>? Script { get; set; }

    /// <summary>The outcomes that the script may set.</summary>
    [Input(Description = "A list of possible outcomes.", UIHint = InputUIHints.DynamicOutcomes)]
    public Input<ICollection<string>>? PossibleOutcomes { get; set; }

    /// <summary>The value of the script.</summary>
    [Output]
    public Output<object>? Result { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var text = Script.GetOrDefault(context);
        if (string.IsNullOrWhiteSpace(text))
        {
            return context.CompleteActivityAsync();
        }

        // The script is nearly always the same text; it is parsed once.
        var script = prepared;
        if (script is null || !string.Equals(script.Text, text, StringComparison.Ordinal))
        {
            prepared = script = Expressions.PreparedScript.Prepare(text);
        }

        var value = context.WorkflowExecutionContext.Scripts.Run(script, context, out var outcomes);
        Result.Set(context, value);
        return context.CompleteActivityAsync(outcomes.Count == 0 ? new Outcomes("Done") : new Outcomes([.. outcomes]));
    }
}
