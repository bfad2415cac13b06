using System.Text.Json.Nodes;
using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.ElsaApi;

public sealed class DraftTests(ServerWithoutSecondPerson server) : IClassFixture<ServerWithoutSecondPerson>
{
    [Fact]
    public async Task Saving_a_published_version_makes_a_draft_and_leaves_the_published_one_as_it_is()
    {
        var published = await server.Author.SavedAsync(await server.Author.SavedAsync(Drawing.Hello("旧")), publish: true);
        var id = published["definitionId"]!.ToString();

        var draft = await server.Author.SavedAsync(published.Saying("新"));

        Assert.Equal(2, draft["version"]!.GetValue<int>());
        Assert.False(draft["isPublished"]!.GetValue<bool>());
        var inForce = await server.Author.OpenAsync(id, "Published");
        Assert.Equal(1, inForce["version"]!.GetValue<int>());
        Assert.Equal("旧", inForce.Activity("line")["text"]!["expression"]!["value"]!.ToString());
    }

    [Fact]
    public async Task Selecting_a_step_moves_it_to_the_end_of_the_list_and_is_no_change()
    {
        var published = await server.Author.SavedAsync(await server.Author.SavedAsync(Drawing.Hello()), publish: true);
        var first = published.Activities()[0]!;
        published.Activities().RemoveAt(0);
        published.Activities().Add(first);

        var answer = await server.Author.SavedAsync(published);

        Assert.Equal(1, answer["version"]!.GetValue<int>());
        Assert.True(answer["isPublished"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Moving_a_box_is_a_change_of_the_drawing()
    {
        var published = await server.Author.SavedAsync(await server.Author.SavedAsync(Drawing.Hello()), publish: true);
        published.Activity("line")["metadata"] = Drawing.At(40, 190);

        var draft = await server.Author.SavedAsync(published);

        Assert.Equal(2, draft["version"]!.GetValue<int>());
        Assert.Equal(190, draft.Activity("line")["metadata"]!["designer"]!["position"]!["y"]!.GetValue<int>());
    }

    [Fact]
    public async Task Members_that_nobody_here_knows_come_back_as_they_were()
    {
        var model = Drawing.Hello();
        model["futureMember"] = new JsonObject { ["a"] = 1 };
        model.Activity("line")["unheardOf"] = "值";
        model.Activity("line")["customProperties"] = new JsonObject { ["note"] = "保留" };

        var saved = await server.Author.SavedAsync(model);

        Assert.Equal(1, saved["futureMember"]!["a"]!.GetValue<int>());
        Assert.Equal("值", saved.Activity("line")["unheardOf"]!.ToString());
        Assert.Equal("保留", saved.Activity("line")["customProperties"]!["note"]!.ToString());
    }

    [Fact]
    public async Task What_a_colleague_saved_in_between_is_not_overwritten_and_the_refusal_names_the_colleague()
    {
        var mine = await server.Author.SavedAsync(Drawing.Hello());
        var theirs = await server.Colleague.OpenAsync(mine["definitionId"]!.ToString());
        await server.Colleague.SavedAsync(theirs.Saying("周敏改的"));

        var (status, problem) = await server.Author.SaveAsync(mine.Saying("我改的"));

        Assert.Equal(400, status);
        Assert.Contains("周敏", problem.Errors(), StringComparison.Ordinal);
        var now = await server.Author.OpenAsync(mine["definitionId"]!.ToString());
        Assert.Equal("周敏改的", now.Activity("line")["text"]!["expression"]!["value"]!.ToString());
    }

    [Fact]
    public async Task Ones_own_saves_may_overtake_their_answers()
    {
        var published = await server.Author.SavedAsync(await server.Author.SavedAsync(Drawing.Hello()), publish: true);
        var held = (JsonObject)published.DeepClone();

        await server.Author.SavedAsync(((JsonObject)published.DeepClone()).Saying("一"));
        var second = await server.Author.SavedAsync(held.Saying("二"));

        Assert.Equal(2, second["version"]!.GetValue<int>());
        Assert.Equal("二", second.Activity("line")["text"]!["expression"]!["value"]!.ToString());
    }

    [Fact]
    public async Task An_unknown_step_is_kept_in_a_draft_and_refused_at_publishing_by_its_name()
    {
        var model = Drawing.Hello();
        model.Activities().Add(Drawing.Unknown());
        var draft = await server.Author.SavedAsync(model);

        var (status, problem) = await server.Author.SaveAsync(draft, publish: true);

        Assert.Equal(400, status);
        Assert.Contains("怪步骤", problem.Errors(), StringComparison.Ordinal);
        var kept = await server.Author.OpenAsync(draft["definitionId"]!.ToString());
        Assert.False(kept["isPublished"]!.GetValue<bool>());
        Assert.Equal("Nobody.Knows", kept.Activity("odd")["type"]!.ToString());
    }

    [Fact]
    public async Task A_name_that_another_workflow_has_is_refused()
    {
        var model = Drawing.Hello();
        await server.Author.SavedAsync(model);

        var (status, problem) = await server.Author.SaveAsync(model, publish: null);

        Assert.Equal(400, status);
        Assert.Contains(model["name"]!.ToString(), problem.Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_machine_is_refused_before_anybody_draws_it()
    {
        var model = Drawing.Hello();
        model["root"] = new JsonObject { ["id"] = "m", ["type"] = "Elsa.StateMachine", ["version"] = 1, ["name"] = "StateMachine1" };

        Assert.Equal(400, (await server.Author.SaveAsync(model, publish: null)).Status);
    }

    [Fact]
    public async Task Values_that_a_variable_was_tried_with_are_not_published()
    {
        var model = Drawing.Hello();
        model["customProperties"] = new JsonObject { ["VariableTestValues"] = new JsonObject { ["v"] = "777" } };
        var draft = await server.Author.SavedAsync(model);
        Assert.Equal("777", draft["customProperties"]!["VariableTestValues"]!["v"]!.ToString());

        var published = await server.Author.SavedAsync(draft, publish: true);

        Assert.Null(published["customProperties"]!["VariableTestValues"]);
    }

    [Fact]
    public async Task A_definition_that_was_published_cannot_be_deleted()
    {
        var published = await server.Author.SavedAsync(await server.Author.SavedAsync(Drawing.Hello()), publish: true);

        using var response = await server.Author.DeleteAsync($"/elsa/api/workflow-definitions/{published["definitionId"]}", TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(1, (await server.Author.OpenAsync(published["definitionId"]!.ToString()))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Nobody_without_a_token_and_no_cookie_alone_gets_in()
    {
        using var response = await server.Nobody.GetAsync("/elsa/api/workflow-definitions", TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_director_may_look_but_not_draw()
    {
        var saved = await server.Author.SavedAsync(Drawing.Hello());

        var seen = await server.Director.OpenAsync(saved["definitionId"]!.ToString());
        var (status, problem) = await server.Director.SaveAsync(seen.Saying("局长改的"));

        Assert.DoesNotContain("publish", seen["links"]!.AsArray().Select(l => l!["rel"]!.ToString()));
        Assert.Equal(400, status);
        Assert.Contains("系统管理员", problem.Errors(), StringComparison.Ordinal);
    }
}
