namespace CaseFlow.Workflows;

/// <summary>A variable of a definition.</summary>
public class Variable
{
    /// <summary>Creates a variable without a name.</summary>
    public Variable()
    {
    }

    /// <summary>Creates a variable.</summary>
    public Variable(string name, object? value = null, string? id = null)
    {
        Name = name;
        Value = value;
        Id = id ?? name;
    }

    /// <summary>The id by which outputs and SetVariable refer to it.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name by which expressions refer to it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The value that it starts with.</summary>
    public object? Value { get; set; }

    /// <summary>Gets the value in the scope of an activity.</summary>
    public object? Get(ActivityExecutionContext context) => context.ReadVariable(this);

    /// <summary>Sets the value in the scope of an activity.</summary>
    public void Set(ActivityExecutionContext context, object? value) => context.WriteVariable(this, value);
}

/// <summary>A variable with a typed value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public class Variable<T> : Variable
{
    /// <summary>Creates a variable without a name.</summary>
    public Variable()
    {
    }

    /// <summary>Creates a variable.</summary>
    public Variable(string name, T? value = default, string? id = null)
        : base(name, value, id)
    {
    }

    /// <summary>Gets the value in the scope of an activity.</summary>
    public new T? Get(ActivityExecutionContext context) => Values.ValueConversion.To<T>(context.ReadVariable(this));

    /// <summary>Sets the value in the scope of an activity.</summary>
    public void Set(ActivityExecutionContext context, T? value) => context.WriteVariable(this, value);
}
