using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Activities.Tests;

/// <summary>Inbox, search and timeline read what the steps wrote.</summary>
public sealed class InboxTests
{
    [Fact]
    public async Task Counts_agree_with_their_pages_and_a_page_goes_on_where_the_last_one_ended()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var stranger = await host.ActorAsync(host.Bureau["clerk"]);
        foreach (var one in "甲乙丙丁戊")
        {
            var form = Applications.CoupleWithChild();
            form["applicant"]!["name"] = $"申请人{one}（演示）";
            form["members"]![0]!["name"] = $"配偶{one}（演示）";
            form["members"]![1]!["name"] = $"子女{one}（演示）";
            await host.Get<IIntakeService>().SubmitAsync(stranger, Applications.Request(form, "counter"), DibaoHost.Stop);
        }

        var clerk = await host.ActorAsync(host.Bureau["clerk"]);
        var counts = await InboxAsync(host, clerk, i => i.CountsAsync(clerk, DibaoHost.Stop));
        Assert.Equal((5, 0), (counts[InboxFilter.Pool], counts[InboxFilter.Mine]));
        var first = await InboxAsync(host, clerk, i => i.PageAsync(clerk, InboxFilter.Pool, null, 3, DibaoHost.Stop));
        var second = await InboxAsync(host, clerk, i => i.PageAsync(clerk, InboxFilter.Pool, first.Next, 3, DibaoHost.Stop));
        Assert.Null(second.Next);
        Assert.Equal(5, first.Items.Concat(second.Items).Select(i => i.TaskId).Distinct().Count());

        var reviewer = await host.ActorAsync(host.Bureau["reviewer"]);
        Assert.Equal(0, (await InboxAsync(host, reviewer, i => i.CountsAsync(reviewer, DibaoHost.Stop)))[InboxFilter.Pool]);
        var other = await host.ActorAsync(host.Bureau["t-handler"]);
        Assert.Equal(0, (await InboxAsync(host, other, i => i.CountsAsync(other, DibaoHost.Stop)))[InboxFilter.Pool]);
    }

    [Fact]
    public async Task Done_work_is_paged_newest_first()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToOpinionAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await flow.DoAsync("handler", "opinion-draft", "Grant", []);
        var handler = await host.ActorAsync(host.Bureau["handler"]);
        var first = await InboxAsync(host, handler, i => i.PageAsync(handler, InboxFilter.Done, null, 1, DibaoHost.Stop));
        var second = await InboxAsync(host, handler, i => i.PageAsync(handler, InboxFilter.Done, first.Next, 1, DibaoHost.Stop));
        Assert.Equal(("opinion-draft", "survey"), (first.Items[0].Step, second.Items[0].Step));
    }

    [Fact]
    public async Task A_case_is_found_by_number_by_name_and_by_a_members_whole_id_number_within_the_scope()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var form = Applications.CoupleWithChild();
        var member = form["members"]![0]!["idNumber"]!.ToString();
        var flow = await DibaoFlow.SubmitAsync(host, form);
        var clerk = await host.ActorAsync(host.Bureau["clerk"]);
        foreach (var text in new[] { "DB-220502-2026-000001", "000001", "王秀兰", member })
        {
            Assert.Equal(flow.CaseId, Assert.Single(await SearchAsync(host, clerk.Scope, text)).Id);
        }

        var elsewhere = await host.ActorAsync(host.Bureau["t-handler"]);
        Assert.Empty(await SearchAsync(host, elsewhere.Scope, "王秀兰"));
        Assert.Empty(await SearchAsync(host, clerk.Scope, member[..17]));
        Assert.Empty(await SearchAsync(host, (await host.ActorAsync(host.Bureau["admin"])).Scope, "王秀兰"));
    }

    [Fact]
    public async Task The_timeline_tells_tasks_documents_and_acts_newest_first()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        var entries = await host.OnAsync<CaseTimeline, IReadOnlyList<TimelineEntry>>(t => t.ReadAsync(flow.CaseId, DibaoHost.Stop));
        Assert.Contains(entries, e => e is { Kind: TimelineKind.Document, Detail: "东团受〔2026〕1号" });
        Assert.Contains(entries, e => e is { Kind: TimelineKind.Task, Code: "acceptance" });
        Assert.Contains(entries, e => e is { Kind: TimelineKind.OpenTask, Code: "survey" });
        Assert.Contains(entries, e => e is { Kind: TimelineKind.Act, Code: "case.accept" });
        Assert.Equal(entries.OrderByDescending(e => e.At).Select(e => e.At), entries.Select(e => e.At));
    }

    private static Task<T> InboxAsync<T>(DibaoHost host, Actor actor, Func<InboxQuery, Task<T>> use) => host.AsAsync(actor.Scope, use);

    private static Task<IReadOnlyList<Case>> SearchAsync(DibaoHost host, DataScope scope, string text) =>
        host.AsAsync<CaseSearch, IReadOnlyList<Case>>(scope, s => s.FindAsync(text, 10, DibaoHost.Stop));
}
