namespace CaseFlow.Workflows;

/// <summary>An output of an activity: where its value goes.</summary>
public abstract class Output
{
    private protected Output(Type type) => Type = type;

    /// <summary>The type of the value.</summary>
    public Type Type { get; }

    /// <summary>The index of the output among those of its activity; -1 before compilation.</summary>
    internal int Slot { get; set; } = -1;

    /// <summary>The id of the variable that receives the value; null where none does.</summary>
    internal string? TargetId { get; set; }

    /// <summary>The activity that owns the output, set at compilation.</summary>
    internal IActivity? Owner { get; set; }
}

/// <summary>An output with a typed value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public class Output<T> : Output
{
    /// <summary>An output that is only recorded.</summary>
    public Output()
        : base(typeof(T))
    {
    }

    /// <summary>An output that goes to a variable.</summary>
    public Output(Variable variable)
        : base(typeof(T)) => TargetId = variable.Id;
}

/// <summary>Writing of outputs.</summary>
public static class OutputExtensions
{
    /// <summary>Sets the value of the output, records it, and assigns the variable that the definition names.</summary>
    public static void Set<T>(this Output<T>? output, ActivityExecutionContext context, T? value)
    {
        if (output is not null)
        {
            context.SetOutputValue(output, value);
        }
    }
}
