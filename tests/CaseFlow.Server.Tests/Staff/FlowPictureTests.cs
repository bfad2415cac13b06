using CaseFlow.Server.Components.Flow;
using CaseFlow.Tests.Staff;

namespace CaseFlow.Server.Tests.Staff;

public sealed class FlowPictureTests
{
    private static readonly string Application = File.ReadAllText(Path.Combine(StaffWorld.Root, "workflows", "dibao", "application.workflow.json"));

    [Fact]
    public void The_usual_way_of_dibao_is_shown_without_its_plumbing()
    {
        var picture = FlowPictureReader.Read(Application, Marks());
        Assert.Equal(
            ["acceptance", "wait-verification", "survey", "survey-signature", "opinion-draft", "opinion-check", "opinion-signoff", "notice", "report", "district-review", "confirmation", "start-benefit"],
            picture.Boxes.Select(b => b.Id));
        Assert.DoesNotContain(picture.Boxes, b => b.Id.StartsWith("stage", StringComparison.Ordinal));
    }

    [Fact]
    public void Verification_and_survey_stand_side_by_side_after_acceptance()
    {
        var picture = FlowPictureReader.Read(Application, Marks());
        var (verification, survey) = (Box(picture, "wait-verification"), Box(picture, "survey"));
        Assert.Equal(verification.Column, survey.Column);
        Assert.NotEqual(verification.Row, survey.Row);
        Assert.Contains(picture.Ways, w => w is { From: "acceptance", To: "survey" });
        Assert.Contains(picture.Ways, w => w is { From: "survey", To: "survey-signature" });
    }

    [Fact]
    public void A_step_off_the_usual_way_is_shown_once_the_case_has_been_there()
    {
        var picture = FlowPictureReader.Read(Application, Marks(("renewed-investigation", FlowStepState.Now)));
        Assert.Equal(FlowStepState.Now, Box(picture, "renewed-investigation").State);
    }

    [Fact]
    public void A_way_is_walked_when_both_its_ends_were_reached()
    {
        var picture = FlowPictureReader.Read(Application, Marks(("acceptance", FlowStepState.Done), ("survey", FlowStepState.Now)));
        Assert.True(picture.Ways.Single(w => w is { From: "acceptance", To: "survey" }).Walked);
        Assert.False(picture.Ways.Single(w => w is { From: "survey", To: "survey-signature" }).Walked);
    }

    [Fact]
    public void No_two_boxes_share_a_place()
    {
        var picture = FlowPictureReader.Read(Application, Marks());
        Assert.Equal(picture.Boxes.Count, picture.Boxes.Select(b => (b.Column, b.Row)).Distinct().Count());
    }

    private static FlowBox Box(FlowPicture picture, string id) => picture.Boxes.Single(b => b.Id == id);

    private static Dictionary<string, (FlowStepState State, string? Note)> Marks(params (string Id, FlowStepState State)[] marks) =>
        marks.ToDictionary(m => m.Id, m => (m.State, (string?)null));
}
