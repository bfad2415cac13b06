using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Reviews;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>The same dibao on a real PostgreSQL, with people who act at the same moment.</summary>
[Trait("needs", "postgres")]
public sealed class DibaoOnPostgresTests
{
    [Fact]
    public async Task A_case_runs_from_the_application_through_its_first_review()
    {
        await using var host = await DibaoHost.OpenOnPostgresAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToNoticeAsync();
        await host.GoToAsync("2026-03-10");
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
        await flow.DoAsync("d-leader", "confirmation", "Approve", []);
        Assert.Equal(Money.FromYuan(820), (await flow.CaseAsync()).MonthlyAmount);

        host.Clock.MoveTo(new DateTimeOffset(2026, 10, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        await host.FireDueAsync();
        await flow.VerifyAsync();
        await flow.DoAsync("handler", "review-check", "Unchanged", new() { ["conclusion"] = "没有变化" });
        await flow.DoAsync("reviewer", "review-confirm", "Approve");
        var reviews = await host.ReadAsync(w => w.Set<ReviewSchedule>().OrderBy(r => r.DueMonth).ToListAsync(DibaoHost.Stop));
        Assert.Equal([Month.Of(2026, 10), Month.Of(2027, 4)], reviews.Select(r => r.DueMonth));
        var handler = await host.ActorAsync(host.Bureau["handler"]);
        var page = await host.AsAsync<InboxQuery, InboxPage>(handler.Scope, i => i.PageAsync(handler, InboxFilter.Done, null, 2, DibaoHost.Stop));
        var next = await host.AsAsync<InboxQuery, InboxPage>(handler.Scope, i => i.PageAsync(handler, InboxFilter.Done, page.Next, 10, DibaoHost.Stop));
        Assert.Equal(4, page.Items.Concat(next.Items).Select(i => i.TaskId).Distinct().Count());
        var integrity = await host.Get<CaseFlow.Cases.Audit.IIntegrityCheck>().RunAsync(DibaoHost.Stop);
        Assert.True(integrity.Holds, string.Join("; ", integrity.Findings));
    }

    [Fact]
    public async Task Survey_and_verification_that_finish_at_once_both_succeed()
    {
        await using var host = await DibaoHost.OpenOnPostgresAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        await flow.PerformAsync("handler", "survey", TaskVerb.Claim);
        await Task.WhenAll(flow.SurveyAsync(), flow.VerifyAsync());
        Assert.NotNull(await flow.OpenAsync("opinion-draft"));
    }

    [Fact]
    public async Task Of_two_people_who_claim_one_task_at_once_one_is_told_the_conflict()
    {
        await using var host = await DibaoHost.OpenOnPostgresAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToOpinionAsync();
        var task = await flow.OpenAsync("opinion-draft");
        var facts = (await flow.CaseAsync()).FactsRevision;
        async Task<bool> Claim(Actor actor)
        {
            try
            {
                await host.Get<ITaskService>().PerformAsync(actor, new TaskRequest(task.Id, TaskVerb.Claim, task.Revision, facts, Guid.NewGuid()), DibaoHost.Stop);
                return true;
            }
            catch (ConflictException)
            {
                return false;
            }
        }

        var handler = await host.ActorAsync(host.Bureau["handler"]);
        var handler2 = await host.ActorAsync(host.Bureau["handler2"]);
        var won = await Task.WhenAll(Claim(handler), Claim(handler2));
        Assert.Single(won, true);
    }
}
