namespace CaseFlow.Workflows;

/// <summary>An expression of a definition: its language and its text or value.</summary>
public sealed class Expression
{
    /// <summary>Creates an expression.</summary>
    public Expression(string type, object? value)
    {
        Type = type;
        Value = value;
    }

    /// <summary>The language: Literal, Object, Variable, Input, Output, JavaScript, Liquid.</summary>
    public string Type { get; }

    /// <summary>The text, or the literal value, or the reference as JSON.</summary>
    public object? Value { get; }

    /// <summary>An expression with a fixed value.</summary>
    public static Expression LiteralExpression(object? value) => new("Literal", value);
}

/// <summary>What an expression sees while it is evaluated.</summary>
public sealed class ExpressionExecutionContext
{
    internal ExpressionExecutionContext(ActivityExecutionContext activityContext) => ActivityContext = activityContext;

    internal ActivityExecutionContext ActivityContext { get; }

    /// <summary>Cancels the evaluation.</summary>
    public CancellationToken CancellationToken => ActivityContext.CancellationToken;

    /// <summary>Gets a service of the step.</summary>
    public T GetRequiredService<T>()
        where T : notnull => ActivityContext.GetRequiredService<T>();

    /// <summary>Gets the value of a variable in scope.</summary>
    public T? GetVariable<T>(string name) => ActivityContext.GetVariable<T>(name);
}

/// <summary>What a trigger sees when its payload is computed for indexing.</summary>
public sealed class TriggerIndexingContext
{
    internal TriggerIndexingContext(ActivityExecutionContext activityContext) => ActivityContext = activityContext;

    internal ActivityExecutionContext ActivityContext { get; }

    /// <summary>The name under which the trigger is indexed; the activity's type name by default.</summary>
    public string TriggerName { get; set; } = "";

    /// <summary>The context in which the trigger's inputs are evaluated.</summary>
    public ExpressionExecutionContext ExpressionExecutionContext => new(ActivityContext);

    /// <summary>Gets an input of the trigger.</summary>
    public T? Get<T>(Input<T>? input) => input is null ? default : input.GetOrDefault(ActivityContext);

    /// <summary>Cancels the indexing.</summary>
    public CancellationToken CancellationToken => ActivityContext.CancellationToken;
}
