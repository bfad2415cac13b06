using System.Text.Json.Nodes;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Tests.Samples;

namespace CaseFlow.Workflows.Tests.Definitions;

/// <summary>The hash is over what runs, not over how it is drawn.</summary>
public sealed class CanonicalFormTests
{
    [Fact]
    public void Looking_at_a_definition_in_the_designer_changes_no_hash()
    {
        var before = Sample.Definition("fork-join-WaitAll");
        var after = Changed(before, json =>
        {
            json["version"] = 7;
            json["isPublished"] = false;
            json["customProperties"] = new JsonObject { ["VariableTestValues"] = new JsonObject { ["v"] = "777" } };
            var activities = (JsonArray)json["root"]!["activities"]!;
            var reversed = activities.Reverse().Select(x => x!.DeepClone()).ToArray();
            json["root"]!["activities"] = new JsonArray(reversed);
            foreach (var activity in reversed.OfType<JsonObject>())
            {
                activity["nodeId"] = $"Workflow1:Flowchart1:{activity["id"]}";
                activity["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 3 } } };
                activity["customProperties"] = null;
                if (activity["text"] is JsonObject text)
                {
                    text["typeName"] = null;
                }
            }
        });
        Assert.Equal(before.ContentHash, after.ContentHash);
    }

    [Theory]
    [InlineData("fork-join-WaitAll", "\"value\": \"A\"", "\"value\": \"Z\"")]
    [InlineData("fork-join-WaitAll", "WaitAll\"", "WaitAny\"")]
    [InlineData("sequence-3", "\"a\"", "\"q\"")]
    public void What_changes_the_run_changes_the_hash(string name, string old, string changed)
    {
        var text = Sample.DefinitionText(name);
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.NotEqual(WorkflowDefinition.Parse(text).ContentHash, WorkflowDefinition.Parse(text.Replace(old, changed, StringComparison.Ordinal)).ContentHash);
    }

    [Fact]
    public void The_order_of_a_sequence_is_part_of_the_hash()
    {
        var before = Sample.Definition("sequence-3");
        var after = Changed(before, json =>
        {
            var activities = (JsonArray)json["root"]!["activities"]!;
            json["root"]!["activities"] = new JsonArray(activities.Reverse().Select(x => x!.DeepClone()).ToArray());
        });
        Assert.NotEqual(before.ContentHash, after.ContentHash);
    }

    private static WorkflowDefinition Changed(WorkflowDefinition definition, Action<JsonObject> change)
    {
        var json = definition.ToJsonObject();
        change(json);
        return WorkflowDefinition.Of(json);
    }
}
