namespace CaseFlow.Workflows.Expressions;

/// <summary>A JavaScript expression.</summary>
internal sealed class ScriptEvaluator(PreparedScript script) : Evaluator
{
    public override object? Evaluate(ActivityExecutionContext context) =>
        context.WorkflowExecutionContext.Scripts.Run(script, context, out _);
}
