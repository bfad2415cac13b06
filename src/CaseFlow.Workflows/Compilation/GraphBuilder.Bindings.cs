using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Workflows.Activities;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Expressions;
using CaseFlow.Workflows.Flowchart;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.Compilation;

/// <content>Inputs, outputs, children and connections.</content>
internal sealed partial class GraphBuilder
{
    private InputBinding[] BindInputs(JsonObject json, ActivityNode node)
    {
        var result = new InputBinding[node.Descriptor.Inputs.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var input = node.Descriptor.Inputs[i];
            var value = ActivityJson.Member(json, ActivityJson.Camel(input.Name));
            result[i] = input.IsWrapped ? BindWrapped(node, input, value, i) : BindPlain(node, input, value);
        }

        return result;
    }

    private InputBinding BindWrapped(ActivityNode node, InputDescriptor input, JsonNode? value, int slot)
    {
        var property = input.Property;
        var current = property?.GetValue(node.Activity) as Input;
        if (value is JsonObject o && o["expression"] is JsonObject expression)
        {
            var evaluator = CompileExpression(node, input, expression);
            Attach(node, input, slot, new Expression(expression["type"]?.ToString() ?? "Literal", JsonValues.FromNode(expression["value"])));
            return new InputBinding(input, evaluator);
        }

        if (value is not null and not JsonObject && !ActivityJson.IsOwnMember(input.Name))
        {
            // A bare value instead of an expression is taken as a literal.
            var literal = JsonValues.FromNode(value);
            Attach(node, input, slot, Expression.LiteralExpression(literal));
            return new InputBinding(input, ExpressionCompiler.Literal(literal, input.Type));
        }

        if (current is null)
        {
            // The property stays null, so that an activity can see that nothing was given.
            return new InputBinding(input, null);
        }

        current.Slot = slot;
        return new InputBinding(input, DefaultEvaluator(current, input));
    }

    private static Evaluator? DefaultEvaluator(Input input, InputDescriptor descriptor) =>
        input.Delegate is { } function ? new ConvertingEvaluator(new DelegateEvaluator(function), descriptor.Type)
        : input.Variable is { } variable ? new VariableEvaluator(variable.Id, variable.Name)
        : input.Expression is { Type: "Literal" } literal ? ExpressionCompiler.Literal(literal.Value, descriptor.Type)
        : input.Expression is { Value: string text } expression ? ExpressionCompiler.Compile(expression.Type, text, descriptor.Type)
        : null;

    private static void Attach(ActivityNode node, InputDescriptor input, int slot, Expression expression)
    {
        if (input.Property is not { } property)
        {
            return;
        }

        var wrapped = (Input)Activator.CreateInstance(property.PropertyType, expression)!;
        wrapped.Slot = slot;
        property.SetValue(node.Activity, wrapped);
    }

    private Evaluator? CompileExpression(ActivityNode node, InputDescriptor input, JsonObject expression)
    {
        var compiled = ExpressionCompiler.Compile(expression, input.Type);
        readsOutputs |= compiled.ReadsOutputs;
        if (compiled.Problem is { } problem)
        {
            Problem(node, ProblemSeverity.Warning, compiled.IsUnknownLanguage ? ProblemCodes.UnknownLanguage : ProblemCodes.BadExpression, $"Input '{input.Name}': {problem}");
        }

        return compiled.Evaluator;
    }

    private InputBinding BindPlain(ActivityNode node, InputDescriptor input, JsonNode? value)
    {
        var property = input.Property!;
        if (node.Activity is ISwitchActivity switching && string.Equals(input.Name, "Cases", StringComparison.Ordinal))
        {
            ReadCases(node, switching, value as JsonArray);
            return new InputBinding(input, null) { PlainValue = ShownCases(node, value as JsonArray) };
        }

        if (typeof(Variable).IsAssignableFrom(input.Type))
        {
            if (value is JsonObject reference)
            {
                var name = reference["name"]?.ToString() ?? "";
                property.SetValue(node.Activity, new Variable(name, null, reference["id"]?.ToString() ?? name));
            }

            return new InputBinding(input, null) { PlainValue = Shown(value as JsonObject) };
        }

        if (value is not null)
        {
            try
            {
                property.SetValue(node.Activity, value.Deserialize(property.PropertyType, JsonValues.Options));
            }
            catch (JsonException e)
            {
                Problem(node, ProblemSeverity.Error, ProblemCodes.BadExpression, $"'{input.Name}' cannot be read: {e.Message}");
            }
        }

        return new InputBinding(input, null) { PlainValue = property.GetValue(node.Activity) };
    }

    /// <summary>Cases as records show them: the activities in them with their node ids.</summary>
    private static JsonArray? ShownCases(ActivityNode node, JsonArray? cases)
    {
        var shown = cases?.DeepClone() as JsonArray;
        foreach (var activity in (shown ?? []).OfType<JsonObject>().Select(x => x["activity"]).OfType<JsonObject>())
        {
            activity["nodeId"] = $"{node.NodeId}:{activity["id"]}";
        }

        return shown;
    }

    /// <summary>A variable as records show it: without what says nothing.</summary>
    private static JsonObject? Shown(JsonObject? variable)
    {
        if (variable is null)
        {
            return null;
        }

        var result = new JsonObject();
        foreach (var (key, value) in variable)
        {
            if (value is not null && !(value is JsonValue v && v.TryGetValue<bool>(out var b) && !b))
            {
                result[key] = value.DeepClone();
            }
        }

        return result;
    }

    private void ReadCases(ActivityNode node, ISwitchActivity switching, JsonArray? cases)
    {
        foreach (var item in (cases ?? []).OfType<JsonObject>())
        {
            var condition = item["condition"] as JsonObject;
            Evaluator? evaluator = null;
            if (condition is not null)
            {
                var compiled = ExpressionCompiler.Compile(condition, typeof(bool));
                readsOutputs |= compiled.ReadsOutputs;
                evaluator = compiled.Evaluator;
                if (compiled.Problem is { } problem)
                {
                    Problem(node, ProblemSeverity.Warning, ProblemCodes.BadExpression, $"Case '{item["label"]}': {problem}");
                }
            }

            switching.AddCase(item["label"]?.ToString() ?? "", evaluator);
        }
    }

    private static OutputBinding[] BindOutputs(JsonObject json, ActivityNode node)
    {
        var result = new OutputBinding[node.Descriptor.Outputs.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var output = node.Descriptor.Outputs[i];
            var target = (ActivityJson.Member(json, ActivityJson.Camel(output.Name)) as JsonObject)?["memoryReference"]?["id"]?.ToString();
            if (output.Property is { } property)
            {
                var value = property.GetValue(node.Activity) as Output ?? (Output)Activator.CreateInstance(property.PropertyType)!;
                value.Slot = i;
                value.Owner = node.Activity;
                value.TargetId = target ?? value.TargetId;
                target = value.TargetId;
                property.SetValue(node.Activity, value);
            }

            result[i] = new OutputBinding(output, string.IsNullOrEmpty(target) ? null : target);
        }

        return result;
    }

    private void BuildChildren(JsonObject json, ActivityNode node)
    {
        var children = new List<ActivityNode>();
        if (node.Descriptor.IsContainer)
        {
            foreach (var item in (json["activities"] as JsonArray ?? []).OfType<JsonObject>())
            {
                children.Add(BuildActivity(item, node, children.Count));
            }

            CheckDuplicates(node, children);
        }
        else
        {
            foreach (var port in node.Descriptor.Ports.Where(x => x.Property is not null))
            {
                if (ActivityJson.Member(json, ActivityJson.Camel(port.Name)) is JsonObject embedded && ActivityJson.IsActivity(embedded))
                {
                    var child = BuildActivity(embedded, node, children.Count);
                    port.Property!.SetValue(node.Activity, child.Activity);
                    children.Add(child);
                }
            }
        }

        if (node.Activity is ISwitchActivity switching && switching.HasBranches)
        {
            BuildCaseBranches(json, node, switching, children);
        }

        if (node.Activity is Fork)
        {
            foreach (var item in (json["branches"] as JsonArray ?? []).OfType<JsonObject>())
            {
                children.Add(BuildActivity(item, node, children.Count));
            }
        }

        node.Children = [.. children];
        if (node.Activity is Activities.Flowchart)
        {
            node.Flow = BuildFlow(json, node);
        }
    }

    private void BuildCaseBranches(JsonObject json, ActivityNode node, ISwitchActivity switching, List<ActivityNode> children)
    {
        var index = 0;
        foreach (var item in (ActivityJson.Member(json, "cases") as JsonArray ?? []).OfType<JsonObject>())
        {
            if (item["activity"] is JsonObject embedded && ActivityJson.IsActivity(embedded))
            {
                var child = BuildActivity(embedded, node, children.Count);
                switching.SetBranch(index, child);
                children.Add(child);
            }

            index++;
        }
    }

    private void CheckDuplicates(ActivityNode node, List<ActivityNode> children)
    {
        foreach (var group in children.GroupBy(x => x.ActivityId, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Problem(node, ProblemSeverity.Error, ProblemCodes.DuplicateId, $"Two activities have the id '{group.Key}'.");
        }
    }

    private FlowGraph BuildFlow(JsonObject json, ActivityNode node)
    {
        var positions = node.Children.GroupBy(x => x.ActivityId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Position, StringComparer.Ordinal);
        var connections = new List<FlowConnection>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in (json["connections"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var (source, port) = End(item["source"], item["sourcePort"]);
            var (target, targetPort) = End(item["target"], item["targetPort"]);
            if (source is null || target is null || !positions.TryGetValue(source, out var from) || !positions.TryGetValue(target, out var to))
            {
                Problem(node, ProblemSeverity.Error, ProblemCodes.BrokenConnection, $"The connection from '{source}' to '{target}' leads to nothing.");
                continue;
            }

            var key = $"{source}:{port ?? "Done"}->{target}:{targetPort ?? "In"}";
            if (!keys.Add(key))
            {
                // Drawn twice means the same as drawn once.
                continue;
            }

            connections.Add(new FlowConnection { Index = connections.Count, Source = from, Port = port ?? "Done", Target = to, Key = key });
        }

        var start = StartOf(json, node, connections);
        var roots = node.Children.Where(x => x.Activity.CanStartWorkflow == true).Select(x => x.Position).ToList();
        return new FlowGraph(node.Children.Length, [.. connections], start, roots);
    }

    /// <summary>An end of a connection: an object, or, as early versions wrote it, an id with the port beside it.</summary>
    private static (string? Activity, string? Port) End(JsonNode? end, JsonNode? port) => end switch
    {
        JsonObject o => (o["activity"]?.ToString() ?? o["activityId"]?.ToString(), o["port"]?.ToString()),
        JsonValue v => (v.ToString(), port?.ToString()),
        _ => (null, null),
    };

    /// <summary>The stated start, the Start activity, one that may start workflows, one without inbound connections, or the first.</summary>
    private static int StartOf(JsonObject json, ActivityNode node, List<FlowConnection> connections)
    {
        var children = node.Children;
        var stated = json["start"] switch
        {
            JsonObject o => o["id"]?.ToString(),
            JsonValue v => v.ToString(),
            _ => null,
        };
        var chosen = (stated is null ? null : children.FirstOrDefault(x => string.Equals(x.ActivityId, stated, StringComparison.Ordinal)))
            ?? children.FirstOrDefault(x => x.Descriptor.IsStart)
            ?? children.FirstOrDefault(x => x.Activity.CanStartWorkflow == true)
            ?? children.FirstOrDefault(x => connections.TrueForAll(c => c.Target != x.Position))
            ?? children.FirstOrDefault();
        return chosen?.Position ?? -1;
    }
}
