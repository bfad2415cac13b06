using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.Expressions;

/// <summary>A compiled expression.</summary>
internal abstract class Evaluator
{
    /// <summary>Computes the value; failures are thrown.</summary>
    public abstract object? Evaluate(ActivityExecutionContext context);

    /// <summary>Whether the value is the same each time.</summary>
    public virtual bool IsConstant => false;
}

/// <summary>A value that is known when the definition is compiled.</summary>
internal sealed class ConstantEvaluator(object? value) : Evaluator
{
    public override bool IsConstant => true;

    public override object? Evaluate(ActivityExecutionContext context) => value;
}

/// <summary>An expression that failed to compile; evaluating it fails with the reason.</summary>
internal sealed class BrokenEvaluator(Exception reason) : Evaluator
{
    public Exception Reason { get; } = reason;

    public override object? Evaluate(ActivityExecutionContext context) => throw new FormatException(Reason.Message, Reason);
}

/// <summary>A structure that is parsed anew each time, so that no instance changes another's.</summary>
internal sealed class StructureEvaluator(string json, Type type) : Evaluator
{
    public override object? Evaluate(ActivityExecutionContext context) => ValueConversion.To(JsonValues.Parse(json), type);
}

/// <summary>The value of a variable.</summary>
internal sealed class VariableEvaluator(string? id, string? name) : Evaluator
{
    public override object? Evaluate(ActivityExecutionContext context) =>
        id is not null && context.TryReadVariableById(id, out var value) ? value
        : name is not null && context.TryReadVariable(name, out value) ? value
        : null;
}

/// <summary>The value of an input of the workflow.</summary>
internal sealed class WorkflowInputEvaluator(string name) : Evaluator
{
    public override object? Evaluate(ActivityExecutionContext context) =>
        context.TryReadWorkflowInput(name, out var value) ? value : null;
}

/// <summary>The value of an output of another activity.</summary>
internal sealed class OutputEvaluator(string activityId, string? outputName) : Evaluator
{
    public override object? Evaluate(ActivityExecutionContext context) => context.ReadActivityOutput(activityId, outputName);
}

/// <summary>A function given in code.</summary>
internal sealed class DelegateEvaluator(Func<ExpressionExecutionContext, object?> function) : Evaluator
{
    public override object? Evaluate(ActivityExecutionContext context) => function(new ExpressionExecutionContext(context));
}

/// <summary>Converts what another expression gives to the type of the input.</summary>
internal sealed class ConvertingEvaluator(Evaluator inner, Type type) : Evaluator
{
    public override object? Evaluate(ActivityExecutionContext context)
    {
        var value = inner.Evaluate(context);
        return value is null || type.IsInstanceOfType(value) ? value : ValueConversion.To(value, type);
    }
}
