using CaseFlow.Workflows.Activities;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.Descriptors;

/// <summary>The descriptors of definitions that are used as activities.</summary>
public static class CompositeDescriptors
{
    /// <summary>The descriptor under which a definition is offered as an activity.</summary>
    public static ActivityDescriptor Of(WorkflowDefinition definition)
    {
        var name = CompositeName.Of(definition);
        return new ActivityDescriptor
        {
            TypeName = name,
            Namespace = "",
            Name = name,
            Version = definition.Version,
            Category = "Workflows",
            DisplayName = definition.Name ?? definition.DefinitionId,
            Description = definition.Description,
            Inputs = [.. definition.Inputs.Select(Input)],
            Outputs = [.. definition.Outputs.Select(Output)],
            Ports = [new PortDescriptor { Name = "Root", Type = PortType.Embedded, IsBrowsable = false }, .. definition.Outcomes.Select(x => new PortDescriptor { Name = x, DisplayName = x, Type = PortType.Flow })],
            CustomProperties = new Dictionary<string, object>
            {
                ["RootType"] = "WorkflowDefinitionActivity",
                ["WorkflowDefinitionId"] = definition.DefinitionId,
                ["WorkflowDefinitionVersionId"] = definition.VersionId,
            },
            Create = static () => new DefinitionActivity(),
        };
    }

    private static InputDescriptor Input(ParameterDefinition input) => new()
    {
        Name = input.Name,
        Type = TypeOf(input),
        TypeName = input.TypeName,
        DisplayName = input.DisplayName ?? input.Name,
        Description = input.Description,
        Category = input.Category,
        UIHint = input.UIHint ?? InputUIHints.SingleLine,
        DefaultValue = input.DefaultValue,
    };

    private static OutputDescriptor Output(ParameterDefinition output) => new()
    {
        Name = output.Name,
        Type = TypeOf(output),
        TypeName = output.TypeName,
        DisplayName = output.DisplayName ?? output.Name,
        Description = output.Description,
    };

    private static Type TypeOf(ParameterDefinition parameter)
    {
        var type = TypeNames.Find(parameter.TypeName) ?? typeof(object);
        return parameter.IsArray ? typeof(List<>).MakeGenericType(type) : type;
    }
}
