using System.Text.Json.Nodes;
using CaseFlow.Server.Admin.Workflows;
using CaseFlow.Server.ElsaApi;

namespace CaseFlow.Server.Tests.ElsaApi;

public sealed class WorkflowComparisonTests
{
    private static readonly Dictionary<string, string> Deadlines = new() { ["dibao.survey"] = "入户调查（10 个工作日）", ["dibao.opinion"] = "初审（3 个工作日）" };
    private readonly WorkflowComparison comparison = new(new DesignerLabels(), Deadlines, english: false);

    [Fact]
    public void A_deadline_is_told_in_the_words_of_the_policy()
    {
        var after = Dibao();
        after.Activity("survey")["dueRule"] = Drawing.Literal("dibao.opinion");

        var change = Assert.Single(comparison.Compare(Dibao(), after));

        Assert.Equal((ChangeKind.Changed, "Node", "入户调查"), (change.Kind, change.Part, change.Subject));
        Assert.Equal(new FieldChange("时限", "入户调查（10 个工作日）", "初审（3 个工作日）"), Assert.Single(change.Details));
    }

    [Fact]
    public void Posts_are_told_by_their_names()
    {
        var after = Dibao();
        after.Activity("report")["posts"]!["expression"]!["value"] = "[\"CaseHandler\",\"Reviewer\"]";

        var change = Assert.Single(comparison.Compare(Dibao(), after));

        Assert.Equal(new FieldChange("办理岗位", "经办人", "经办人、审核人"), Assert.Single(change.Details));
    }

    [Fact]
    public void A_removed_step_takes_its_ways_with_it()
    {
        var after = Dibao();
        after.Activities().Remove(after.Activity("district-visit"));
        var connections = after["root"]!["connections"]!.AsArray();
        foreach (var way in connections.Where(c => c!.ToJsonString().Contains("\"district-visit\"", StringComparison.Ordinal)).ToList())
        {
            connections.Remove(way);
        }

        var changes = comparison.Compare(Dibao(), after);

        Assert.Contains(changes, c => c is { Kind: ChangeKind.Removed, Part: "Node", Subject: "区级入户" });
        Assert.Contains(changes, c => c is { Kind: ChangeKind.Removed, Part: "Way", Subject: "需要区级入户？（需要） → 区级入户" });
        Assert.DoesNotContain(changes, c => c.Kind == ChangeKind.Added);
    }

    [Fact]
    public void Order_and_what_Studio_adds_by_looking_are_no_change()
    {
        var after = Dibao();
        var first = after.Activities()[0]!;
        after.Activities().RemoveAt(0);
        after.Activities().Add(first);
        after.Activity("survey")["customProperties"] = new JsonObject { ["canStartWorkflow"] = false };
        after.Activity("survey")["nodeId"] = "Workflow1:x:survey";

        Assert.Empty(comparison.Compare(Dibao(), after));
    }

    private static JsonObject Dibao() =>
        (JsonObject)JsonNode.Parse(File.ReadAllText(Repository.Path("workflows", "dibao", "application.workflow.json")))!;
}
