namespace CaseFlow.Workflows;

/// <summary>What kind of work an activity does.</summary>
public enum ActivityKind
{
    /// <summary>Runs in the burst.</summary>
    Action,

    /// <summary>Waits for an outside event, and may start a workflow.</summary>
    Trigger,

    /// <summary>Always meant for the background.</summary>
    Job,

    /// <summary>Meant for the background where the designer asks for it.</summary>
    Task,
}

/// <summary>Names and describes an activity type.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ActivityAttribute : Attribute
{
    /// <summary>Creates the attribute with everything by its properties.</summary>
    public ActivityAttribute()
    {
    }

    /// <summary>Creates the attribute with namespace, category and description.</summary>
    public ActivityAttribute(string @namespace, string? category = null, string? description = null)
    {
        Namespace = @namespace;
        Category = category;
        Description = description;
    }

    /// <summary>The namespace; the type name in JSON is <c>Namespace.ClassName</c>.</summary>
    public string? Namespace { get; set; }

    /// <summary>The type name without namespace, where it differs from the class name.</summary>
    public string? Type { get; set; }

    /// <summary>The version of the activity type; 0 means 1.</summary>
    public int Version { get; set; }

    /// <summary>The name that the designer shows.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The description that the designer shows.</summary>
    public string? Description { get; set; }

    /// <summary>The category under which the designer lists the activity.</summary>
    public string? Category { get; set; }

    /// <summary>The kind of work.</summary>
    public ActivityKind Kind { get; set; }

    /// <summary>Whether new activities ask for background execution.</summary>
    public bool RunAsynchronously { get; set; }
}

/// <summary>Marks a property as an input of the activity.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute : Attribute
{
    /// <summary>The name, where it differs from that of the property.</summary>
    public string? Name { get; set; }

    /// <summary>The label in the designer.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The help text in the designer.</summary>
    public string? Description { get; set; }

    /// <summary>The group in the designer's property panel.</summary>
    public string? Category { get; set; }

    /// <summary>Which editor the designer uses; one of <see cref="InputUIHints"/>.</summary>
    public string? UIHint { get; set; }

    /// <summary>Options for editors that offer a choice.</summary>
    public object? Options { get; set; }

    /// <summary>The order among the inputs.</summary>
    public float Order { get; set; }

    /// <summary>The value that the designer starts with.</summary>
    public object? DefaultValue { get; set; }

    /// <summary>The expression type that the designer starts with.</summary>
    public string? DefaultSyntax { get; set; }

    /// <summary>The expression types that the designer offers.</summary>
    public string[]? SupportedSyntaxes { get; set; }

    /// <summary>Whether the designer only shows the value.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Whether the designer shows the input.</summary>
    public bool IsBrowsable { get; set; } = true;

    /// <summary>Whether the input is evaluated before the activity runs; otherwise the activity evaluates it by <c>Get</c>.</summary>
    public bool AutoEvaluate { get; set; } = true;

    /// <summary>Whether the value is kept with the instance.</summary>
    public bool IsSerializable { get; set; } = true;

    /// <summary>Whether the value may hold a secret; it is then left out of records.</summary>
    public bool CanContainSecrets { get; set; }

    /// <summary>A provider of editor specifications; kept for compatibility, not used.</summary>
    public Type? UIHandler { get; set; }

    /// <summary>Providers of editor specifications; kept for compatibility, not used.</summary>
    public Type[]? UIHandlers { get; set; }
}

/// <summary>Marks a property as an output of the activity.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>The name, where it differs from that of the property.</summary>
    public string? Name { get; set; }

    /// <summary>The label in the designer.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The help text in the designer.</summary>
    public string? Description { get; set; }

    /// <summary>Whether the designer shows the output.</summary>
    public bool IsBrowsable { get; set; } = true;

    /// <summary>Whether the value is kept with the instance.</summary>
    public bool IsSerializable { get; set; } = true;
}

/// <summary>Marks a property of type <see cref="IActivity"/> as an embedded branch.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PortAttribute : Attribute
{
    /// <summary>Creates a port named as its property.</summary>
    public PortAttribute()
    {
    }

    /// <summary>Creates a port with a name.</summary>
    public PortAttribute(string name) => Name = name;

    /// <summary>The name of the port.</summary>
    public string? Name { get; set; }

    /// <summary>The label in the designer.</summary>
    public string? DisplayName { get; set; }
}

/// <summary>States the outcomes that the designer offers as ports of an activity.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FlowNodeAttribute : Attribute
{
    /// <summary>Creates the attribute with the names of the outcomes.</summary>
    public FlowNodeAttribute(params string[] outcomes) => Outcomes = outcomes;

    /// <summary>The names of the outcomes.</summary>
    public string[] Outcomes { get; }
}
