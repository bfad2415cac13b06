using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Expressions;
using CaseFlow.Workflows.Flowchart;

namespace CaseFlow.Workflows.Compilation;

/// <summary>An activity of a compiled workflow. Immutable after compilation and shared by all instances.</summary>
internal sealed class ActivityNode
{
    public required string ActivityId { get; init; }

    /// <summary>The path from the workflow, such as <c>Workflow1:Flowchart1:Task1</c>.</summary>
    public required string NodeId { get; init; }

    /// <summary>The path without the workflow; empty for the workflow itself. Saved states use it.</summary>
    public required string Path { get; init; }

    public required Activity Activity { get; init; }

    public required ActivityDescriptor Descriptor { get; init; }

    public required string TypeName { get; init; }

    public string? Name { get; init; }

    public ActivityNode? Parent { get; init; }

    /// <summary>The position among the children of the parent.</summary>
    public int Position { get; init; }

    /// <summary>The definition whose scope the activity belongs to: that of the workflow, or of a composite.</summary>
    public required WorkflowDefinition Definition { get; init; }

    public ActivityNode[] Children { get; set; } = [];

    public InputBinding[] Inputs { get; set; } = [];

    public OutputBinding[] Outputs { get; set; } = [];

    public VariableSlot[] Variables { get; set; } = [];

    /// <summary>The connections of a flowchart.</summary>
    public FlowGraph? Flow { get; set; }

    /// <summary>Whether the enclosing sequence or flowchart ends with this activity.</summary>
    public bool IsTerminal => Descriptor.IsTerminal;

    /// <summary>Whether this is the root of a scope: the workflow or a definition used as an activity.</summary>
    public bool IsWorkflow => Activity is Activities.Workflow;

    /// <summary>Whether the activity brings variables that are its body's, not its own inputs'.</summary>
    public bool BringsVariables { get; init; }
}

/// <summary>Where the value of an input comes from.</summary>
internal sealed class InputBinding(InputDescriptor descriptor, Evaluator? evaluator)
{
    public InputDescriptor Descriptor { get; } = descriptor;

    public Evaluator? Evaluator { get; } = evaluator;

    public string Name => Descriptor.Name;

    /// <summary>A value that is shown in records for a plain property, which is not evaluated.</summary>
    public object? PlainValue { get; init; }

    public object? Convert(object? value) => Values.ValueConversion.To(value, Descriptor.Type);
}

/// <summary>Where the value of an output goes.</summary>
internal sealed record OutputBinding(OutputDescriptor Descriptor, string? TargetId)
{
    public string Name => Descriptor.Name;
}

/// <summary>A variable declared by a workflow, a composite or a container.</summary>
internal sealed class VariableSlot(string id, string name, Type type, object? initial)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public Type Type { get; } = type;

    public object? Initial { get; } = initial;

    /// <summary>The value with which the variable starts; structures are copied, so that no instance changes another's.</summary>
    public object? Fresh() => Initial switch
    {
        null or string => Initial,
        System.Text.Json.Nodes.JsonNode node => node.DeepClone(),
        System.Collections.IEnumerable => Values.ValueConversion.To(Values.JsonValues.Parse(Values.JsonValues.ToJson(Initial)), Type),
        _ => Initial,
    };

    /// <summary>Whether the value counts as JSON that templates do not look into.</summary>
    public bool IsJson => typeof(System.Text.Json.Nodes.JsonNode).IsAssignableFrom(Type);
}
