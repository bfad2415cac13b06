namespace CaseFlow.Workflows;

/// <summary>A step of a workflow definition. One object serves every instance, so it holds no state of a run.</summary>
public interface IActivity
{
    /// <summary>The id of the activity in its definition, such as <c>Task1</c>.</summary>
    string Id { get; set; }

    /// <summary>The path from the workflow to this activity, such as <c>Workflow1:Flowchart1:Task1</c>.</summary>
    string NodeId { get; set; }

    /// <summary>The name given in the designer.</summary>
    string? Name { get; set; }

    /// <summary>The type name in JSON, such as <c>Elsa.RunTask</c>.</summary>
    string Type { get; set; }

    /// <summary>The version of the activity type.</summary>
    int Version { get; set; }

    /// <summary>Whether an outside event may start a new instance at this activity.</summary>
    bool? CanStartWorkflow { get; set; }

    /// <summary>Whether the designer asked for execution in the background.</summary>
    bool? RunAsynchronously { get; set; }

    /// <summary>Custom properties of the activity, as in the definition.</summary>
    IDictionary<string, object> CustomProperties { get; set; }

    /// <summary>Metadata of the activity (designer positions and the like), as in the definition.</summary>
    IDictionary<string, object> Metadata { get; set; }
}
