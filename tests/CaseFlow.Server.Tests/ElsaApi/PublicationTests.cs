using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Server.Admin.Workflows;
using CaseFlow.Server.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.ElsaApi;

public sealed class PublicationTests(ServerWithSecondPerson server) : IClassFixture<ServerWithSecondPerson>
{
    [Fact]
    public async Task Publishing_submits_says_so_in_the_editor_and_takes_a_second_person()
    {
        var draft = await server.Author.SavedAsync(Drawing.Hello());
        var id = draft["definitionId"]!.ToString();

        var (status, problem) = await server.Author.SaveAsync(draft, publish: true);

        Assert.Equal(400, status);
        Assert.Equal("submitted", problem["code"]!.ToString());
        Assert.Contains("另一人", problem.Errors(), StringComparison.Ordinal);
        Assert.False((await server.Author.OpenAsync(id))["isPublished"]!.GetValue<bool>());
        var refused = await Assert.ThrowsAsync<RefusedException>(() => AtDeskAsync("author", (desk, actor) => desk.PublishAsync(actor, id, "好", default)));
        Assert.Contains("提交人不能发布", refused.Refusal.Message, StringComparison.Ordinal);

        await AtDeskAsync("colleague", (desk, actor) => desk.PublishAsync(actor, id, "已核对", default));

        Assert.True((await server.Author.OpenAsync(id))["isPublished"]!.GetValue<bool>());
    }

    [Fact]
    public async Task What_waits_is_not_changed_by_further_drawing()
    {
        var draft = await server.Author.SavedAsync(Drawing.Hello("提交的"));
        await server.Author.SaveAsync(draft, publish: true);

        var next = await server.Author.SavedAsync((await server.Author.OpenAsync(draft["definitionId"]!.ToString())).Saying("又改的"));
        await AtDeskAsync("colleague", (desk, actor) => desk.PublishAsync(actor, draft["definitionId"]!.ToString(), "已核对", default));

        Assert.Equal(2, next["version"]!.GetValue<int>());
        var inForce = await server.Author.OpenAsync(draft["definitionId"]!.ToString(), "Published");
        Assert.Equal("提交的", inForce.Activity("line")["text"]!["expression"]!["value"]!.ToString());
    }

    [Fact]
    public async Task What_was_sent_back_is_drawn_on_as_the_next_version()
    {
        var draft = await server.Author.SavedAsync(Drawing.Hello());
        var id = draft["definitionId"]!.ToString();
        await server.Author.SaveAsync(draft, publish: true);

        await AtDeskAsync("colleague", (desk, actor) => desk.SendBackAsync(actor, id, "请改文字", default));
        var next = await server.Author.SavedAsync((await server.Author.OpenAsync(id)).Saying("改好了"));

        Assert.Equal(2, next["version"]!.GetValue<int>());
        Assert.False(next["isPublished"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_changed_procedure_becomes_a_new_version_of_its_case_type_once_the_second_person_publishes()
    {
        var application = await server.Author.OpenAsync("dibao-application");
        application.Activity("survey")["dueRule"] = Drawing.Literal("dibao.opinion");
        application.Activity("survey")["metadata"]!["designer"]!["position"]!["y"] = 190;
        var (status, problem) = await server.Author.SaveAsync(application, publish: true);
        Assert.True(status == 400 && problem["code"]!.ToString() == "submitted", problem.ToJsonString());
        Assert.Equal(1, (await InForceAsync()).Number);

        var review = await AtDeskAsync("colleague", (desk, actor) => desk.ReviewAsync(actor, "dibao-application", default));
        var changes = Assert.Single(review!.Workflows).Changes;
        var survey = Assert.Single(changes, c => c.Part == "Node");
        Assert.Equal("入户调查", survey.Subject);
        Assert.Equal("时限", Assert.Single(survey.Details).Field);
        Assert.Single(changes, c => c.Part == "Drawing");
        await AtDeskAsync("colleague", (desk, actor) => desk.PublishAsync(actor, "dibao-application", "已核对", default));

        var inForce = await InForceAsync();
        Assert.Equal(2, inForce.Number);
        var pinned = CaseTypeService.WorkflowIds(inForce)["application"];
        Assert.Equal(pinned, (await server.Author.OpenAsync("dibao-application", "Published"))["id"]!.ToString());
        using var retracted = await server.Author.PostAsync("/elsa/api/workflow-definitions/dibao-application/retract", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)retracted.StatusCode);
    }

    private Task<CaseTypeVersion> InForceAsync() => server.ReadAsync((services, token) =>
        services.GetRequiredService<IUnitOfWork>().Set<CaseTypeVersion>().SingleAsync(v => v.CaseType == "dibao" && v.State == PublicationState.Published, token));

    private async Task AtDeskAsync(string userName, Func<WorkflowDesk, Actor, Task> act) =>
        await AtDeskAsync(userName, async (desk, actor) =>
        {
            await act(desk, actor);
            return true;
        });

    private async Task<T> AtDeskAsync<T>(string userName, Func<WorkflowDesk, Actor, Task<T>> act)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Set<Account>().SingleAsync(a => a.UserName == userName, TestContext.Current.CancellationToken);
        var actor = (await scope.ServiceProvider.GetRequiredService<ActorDirectory>().FindAsync(account.Id, null, TestContext.Current.CancellationToken))!;
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(actor.Scope);
        return await act(scope.ServiceProvider.GetRequiredService<WorkflowDesk>(), actor);
    }
}
