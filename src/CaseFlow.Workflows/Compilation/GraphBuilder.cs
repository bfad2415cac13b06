using System.Text.Json.Nodes;
using CaseFlow.Workflows.Activities;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Expressions;

namespace CaseFlow.Workflows.Compilation;

/// <summary>Builds the graph of a definition.</summary>
internal sealed partial class GraphBuilder(WorkflowDefinition definition, ActivityRegistry registry, UsedDefinitions used)
{
    private static readonly ActivityDescriptor WorkflowDescriptor = DescriptorReader.Read(typeof(Activities.Workflow));

    private readonly List<DefinitionProblem> problems = [];
    private readonly HashSet<string> takenIds = new(StringComparer.Ordinal);
    private readonly List<WorkflowDefinition> nesting = [];
    private bool readsOutputs;

    public CompiledWorkflow Build()
    {
        CollectIds(definition);
        var rootId = FreeId("Workflow");
        var root = BuildWorkflow(definition, rootId, null, rootId, "");
        DefinitionChecks.Run(root, problems);
        return new CompiledWorkflow(definition, root, problems, readsOutputs);
    }

    private ActivityNode BuildWorkflow(WorkflowDefinition source, string id, ActivityNode? parent, string nodeId, string path)
    {
        nesting.Add(source);
        var node = new ActivityNode
        {
            ActivityId = id,
            NodeId = nodeId,
            Path = path,
            Activity = new Activities.Workflow { Id = id, NodeId = nodeId },
            Descriptor = WorkflowDescriptor,
            TypeName = WorkflowDescriptor.TypeName,
            Name = source.Name,
            Parent = parent,
            Definition = source,
            Outputs = [.. WorkflowDescriptor.Outputs.Select(x => new OutputBinding(x, null))],
        };
        node.Variables = Variables(source.Variables, node);
        if (source.Json["root"] is JsonObject root)
        {
            node.Children = [BuildActivity(root, node, 0)];
        }
        else
        {
            Problem(node, ProblemSeverity.Error, ProblemCodes.NoRoot, "The definition has no root activity.");
        }

        nesting.RemoveAt(nesting.Count - 1);
        return node;
    }

    private ActivityNode BuildActivity(JsonObject json, ActivityNode parent, int position)
    {
        var type = ActivityJson.TypeOf(json);
        var version = json["version"] is JsonValue v && v.TryGetValue<int>(out var number) ? number : (int?)null;
        var id = json["id"]?.ToString() is { Length: > 0 } given ? given : FreeId(type[(type.LastIndexOf('.') + 1)..]);
        var nodeId = $"{parent.NodeId}:{id}";
        var path = parent.Path.Length == 0 ? id : $"{parent.Path}:{id}";
        var descriptor = registry.Find(type, version);
        if (descriptor is null)
        {
            return used.Find(json) is { } composite
                ? BuildComposite(json, composite, parent, position, id, nodeId, path)
                : Unknown(json, type, parent, position, id, nodeId, path);
        }

        var activity = descriptor.Create();
        Describe(activity, json, id, nodeId, descriptor.TypeName, version ?? descriptor.Version);
        var node = new ActivityNode
        {
            ActivityId = id,
            NodeId = nodeId,
            Path = path,
            Activity = activity,
            Descriptor = descriptor,
            TypeName = descriptor.TypeName,
            Name = activity.Name,
            Parent = parent,
            Position = position,
            Definition = parent.Definition,
            BringsVariables = activity is IScopedActivity,
        };
        node.Variables = activity is IScopedActivity scoped
            ? [.. Variables(WorkflowDefinition.ReadVariables(json["variables"]), node), .. scoped.OwnVariables]
            : Variables(WorkflowDefinition.ReadVariables(json["variables"]), node);
        node.Inputs = BindInputs(json, node);
        node.Outputs = BindOutputs(json, node);
        readsOutputs |= activity is RunJavaScript && PreparedScript.MayReadOutputs(json.ToJsonString());
        BuildChildren(json, node);
        return node;
    }

    private ActivityNode BuildComposite(
        JsonObject json, WorkflowDefinition composite, ActivityNode parent, int position, string id, string nodeId, string path)
    {
        var descriptor = CompositeDescriptors.Of(composite);
        var activity = new DefinitionActivity();
        Describe(activity, json, id, nodeId, descriptor.TypeName, composite.Version);
        var node = new ActivityNode
        {
            ActivityId = id,
            NodeId = nodeId,
            Path = path,
            Activity = activity,
            Descriptor = descriptor,
            TypeName = descriptor.TypeName,
            Name = activity.Name,
            Parent = parent,
            Position = position,
            Definition = parent.Definition,
        };
        node.Inputs = BindInputs(json, node);
        node.Outputs = BindOutputs(json, node);
        if (nesting.Any(x => string.Equals(x.DefinitionId, composite.DefinitionId, StringComparison.Ordinal)))
        {
            Problem(node, ProblemSeverity.Error, ProblemCodes.Recursion, $"Definition '{composite.DefinitionId}' uses itself.");
            return node;
        }

        var inner = compositeRoots.TryGetValue(composite.VersionId, out var known) ? known : "Workflow1";
        node.Children = [BuildWorkflow(composite, inner, node, $"{nodeId}:{inner}", $"{path}:{inner}")];
        return node;
    }

    private ActivityNode Unknown(JsonObject json, string type, ActivityNode parent, int position, string id, string nodeId, string path)
    {
        var activity = new MissingActivity();
        Describe(activity, json, id, nodeId, type, 1);
        var node = new ActivityNode
        {
            ActivityId = id,
            NodeId = nodeId,
            Path = path,
            Activity = activity,
            Descriptor = MissingActivity.DescriptorOf(type),
            TypeName = type,
            Name = activity.Name,
            Parent = parent,
            Position = position,
            Definition = parent.Definition,
        };
        Problem(node, ProblemSeverity.Error, ProblemCodes.UnknownType, $"The activity type '{type}' is not known.");
        return node;
    }

    private static void Describe(Activity activity, JsonObject json, string id, string nodeId, string type, int version)
    {
        activity.Id = id;
        activity.NodeId = nodeId;
        activity.Type = type;
        activity.Version = version;
        activity.Name = json["name"]?.ToString();
        activity.CustomProperties = Map(json["customProperties"]);
        activity.Metadata = Map(json["metadata"]);
        activity.CanStartWorkflow = Flag(activity.CustomProperties, "canStartWorkflow");
        activity.RunAsynchronously = Flag(activity.CustomProperties, "runAsynchronously");
    }

    private static bool? Flag(IDictionary<string, object> map, string name) => map.TryGetValue(name, out var value) ? value as bool? : null;

    private static Dictionary<string, object> Map(JsonNode? node) =>
        Values.JsonValues.FromNode(node) is Dictionary<string, object?> map
            ? map.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!)
            : [];

    private VariableSlot[] Variables(IReadOnlyList<VariableDefinition> definitions, ActivityNode node) =>
        [.. definitions.Select(x => VariableSlots.Of(x, message => Problem(node, ProblemSeverity.Warning, ProblemCodes.UnknownVariableType, message)))];

    private void Problem(ActivityNode node, ProblemSeverity severity, string code, string message) =>
        problems.Add(new DefinitionProblem(severity, code, node.ActivityId, node.NodeId, message));

    private readonly Dictionary<string, string> compositeRoots = new(StringComparer.Ordinal);

    /// <summary>Collects the ids in use, so that activities without an id, and the workflow itself, get free ones.</summary>
    private void CollectIds(WorkflowDefinition source)
    {
        foreach (var activity in ActivityJson.All(source.Json["root"] as JsonObject))
        {
            if (activity["id"]?.ToString() is { Length: > 0 } id)
            {
                takenIds.Add(id);
            }

            if (registry.Find(ActivityJson.TypeOf(activity)) is null && used.Find(activity) is { } composite)
            {
                takenIds.UnionWith(IdsOf(composite, [source.DefinitionId]));
            }
        }
    }

    /// <summary>The ids in a composite, that of its own workflow among them: the first free one.</summary>
    private HashSet<string> IdsOf(WorkflowDefinition composite, HashSet<string> within)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        if (!within.Add(composite.DefinitionId))
        {
            return ids;
        }

        foreach (var activity in ActivityJson.All(composite.Json["root"] as JsonObject))
        {
            if (activity["id"]?.ToString() is { Length: > 0 } id)
            {
                ids.Add(id);
            }

            if (registry.Find(ActivityJson.TypeOf(activity)) is null && used.Find(activity) is { } inner)
            {
                ids.UnionWith(IdsOf(inner, within));
            }
        }

        within.Remove(composite.DefinitionId);
        var number = 1;
        while (ids.Contains($"Workflow{number}"))
        {
            number++;
        }

        compositeRoots[composite.VersionId] = $"Workflow{number}";
        ids.Add($"Workflow{number}");
        return ids;
    }

    private string FreeId(string prefix)
    {
        var number = 1;
        while (!takenIds.Add($"{prefix}{number}"))
        {
            number++;
        }

        return $"{prefix}{number}";
    }
}
