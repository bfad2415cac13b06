using System.Reflection;

namespace CaseFlow.Workflows.Descriptors;

/// <summary>What the designer and the compiler know about an activity type.</summary>
public sealed class ActivityDescriptor
{
    /// <summary>The type name in JSON, such as <c>Elsa.RunTask</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>The part of the type name before the last name.</summary>
    public required string Namespace { get; init; }

    /// <summary>The last part of the type name.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the activity type.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The category under which the designer lists the activity.</summary>
    public string Category { get; init; } = "General";

    /// <summary>The label in the designer.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The description in the designer.</summary>
    public string? Description { get; init; }

    /// <summary>The kind of work.</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>Whether new activities ask for background execution.</summary>
    public bool RunAsynchronously { get; init; }

    /// <summary>The inputs in the order in which they are evaluated.</summary>
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>The outputs.</summary>
    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>The embedded branches and the outcomes.</summary>
    public IReadOnlyList<PortDescriptor> Ports { get; init; } = [];

    /// <summary>Properties that the designer reads, such as the definition behind a composite.</summary>
    public IReadOnlyDictionary<string, object> CustomProperties { get; init; } = new Dictionary<string, object>();

    /// <summary>Whether the activity holds a list of activities.</summary>
    public bool IsContainer { get; init; }

    /// <summary>Whether the designer lists the activity.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether a flowchart starts here.</summary>
    public bool IsStart { get; init; }

    /// <summary>Whether the enclosing sequence or flowchart ends with this activity.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The class of the activity; null for a definition that is used as an activity.</summary>
    public Type? ClrType { get; init; }

    internal Func<Activity> Create { get; init; } = static () => throw new InvalidOperationException("The activity type has no factory.");
}

/// <summary>An input of an activity type.</summary>
public sealed class InputDescriptor
{
    /// <summary>The name, in Pascal case; JSON uses camel case.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the type as Elsa writes it, such as <c>String</c> or <c>List&lt;Object&gt;</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>The type of the value.</summary>
    public required Type Type { get; init; }

    /// <summary>Whether the property is an <see cref="Input{T}"/>; a plain property holds its value directly.</summary>
    public bool IsWrapped { get; init; } = true;

    /// <summary>The label in the designer.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The help text in the designer.</summary>
    public string? Description { get; init; }

    /// <summary>The group in the designer.</summary>
    public string? Category { get; init; }

    /// <summary>The editor that the designer uses.</summary>
    public string UIHint { get; init; } = InputUIHints.SingleLine;

    /// <summary>Specifications for the editor, as the designer expects them.</summary>
    public IReadOnlyDictionary<string, object?> UISpecifications { get; init; } = new Dictionary<string, object?>();

    /// <summary>The value that the designer starts with.</summary>
    public object? DefaultValue { get; init; }

    /// <summary>The expression type that the designer starts with.</summary>
    public string? DefaultSyntax { get; init; }

    /// <summary>The order in the designer.</summary>
    public float Order { get; init; }

    /// <summary>Whether the designer only shows the value.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether the designer shows the input.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether the value is kept with the instance.</summary>
    public bool IsSerializable { get; init; } = true;

    /// <summary>Whether the value may be a secret and is left out of records.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Whether the input is evaluated before the activity runs.</summary>
    public bool AutoEvaluate { get; init; } = true;

    internal PropertyInfo? Property { get; init; }
}

/// <summary>An output of an activity type.</summary>
public sealed class OutputDescriptor
{
    /// <summary>The name, in Pascal case; JSON uses camel case.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the type as Elsa writes it.</summary>
    public required string TypeName { get; init; }

    /// <summary>The type of the value.</summary>
    public required Type Type { get; init; }

    /// <summary>The label in the designer.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The help text in the designer.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the designer shows the output.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether the value is kept with the instance.</summary>
    public bool IsSerializable { get; init; } = true;

    internal PropertyInfo? Property { get; init; }
}

/// <summary>What a port is.</summary>
public enum PortType
{
    /// <summary>An embedded branch, a property of the activity.</summary>
    Embedded,

    /// <summary>An outcome, to which connections are drawn.</summary>
    Flow,
}

/// <summary>A port of an activity type.</summary>
public sealed class PortDescriptor
{
    /// <summary>The name of the port.</summary>
    public required string Name { get; init; }

    /// <summary>The label in the designer.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>What the port is.</summary>
    public PortType Type { get; init; }

    /// <summary>Whether the designer shows the port.</summary>
    public bool IsBrowsable { get; init; } = true;

    internal PropertyInfo? Property { get; init; }
}
