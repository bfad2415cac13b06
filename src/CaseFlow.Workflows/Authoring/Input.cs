namespace CaseFlow.Workflows;

/// <summary>An input of an activity: where its value comes from.</summary>
public abstract class Input
{
    private protected Input(Expression? expression, Type type)
    {
        Expression = expression;
        Type = type;
    }

    /// <summary>The expression that gives the value; null where nothing was given.</summary>
    public Expression? Expression { get; internal set; }

    /// <summary>The type of the value.</summary>
    public Type Type { get; }

    /// <summary>The index of the input among those of its activity; -1 before compilation.</summary>
    internal int Slot { get; set; } = -1;

    internal Func<ExpressionExecutionContext, object?>? Delegate { get; init; }

    internal Variable? Variable { get; init; }

    internal Output? Output { get; init; }
}

/// <summary>An input with a typed value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public class Input<T> : Input
{
    /// <summary>A fixed value.</summary>
    public Input(T literal)
        : base(Expression.LiteralExpression(literal), typeof(T))
    {
    }

    /// <summary>The value of a variable.</summary>
    public Input(Variable variable)
        : base(new Expression("Variable", variable), typeof(T)) => Variable = variable;

    /// <summary>The value of an output of another activity.</summary>
    public Input(Output output)
        : base(new Expression("Output", output), typeof(T)) => Output = output;

    /// <summary>The value of an expression.</summary>
    public Input(Expression expression)
        : base(expression, typeof(T))
    {
    }

    /// <summary>The value that a function computes.</summary>
    public Input(Func<ExpressionExecutionContext, T> function)
        : base(new Expression("Delegate", null), typeof(T)) => Delegate = context => function(context);
}

/// <summary>Reading of inputs.</summary>
public static class InputExtensions
{
    /// <summary>Gets the value of the input.</summary>
    /// <exception cref="InvalidOperationException">Nothing was given, and <typeparamref name="T"/> needs a value.</exception>
    public static T Get<T>(this Input<T>? input, ActivityExecutionContext context)
    {
        if (input is not null && context.TryGetInput(input, out var value))
        {
            if (value is T typed)
            {
                return typed;
            }

            if (value is not null)
            {
                return Values.ValueConversion.To<T>(value)!;
            }
        }

        if (default(T) is null)
        {
            return default!;
        }

        throw new InvalidOperationException($"An input of '{context.Activity.Id}' has no value, and {typeof(T).Name} needs one.");
    }

    /// <summary>Gets the value of the input, or a default where nothing was given.</summary>
    public static T? GetOrDefault<T>(this Input<T>? input, ActivityExecutionContext context, Func<T>? defaultValue = null)
    {
        if (input is not null && context.TryGetInput(input, out var value) && value is not null)
        {
            return value is T typed ? typed : Values.ValueConversion.To<T>(value);
        }

        return defaultValue is null ? default : defaultValue();
    }
}
