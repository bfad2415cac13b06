using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Tests.Citizen.Support;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Citizen;

/// <summary>Applicants without an account bring their papers to the window.</summary>
public sealed class Taking_in_at_the_counter(StaffWorld world) : IClassFixture<StaffWorld>
{
    private static readonly byte[] Scan = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 5];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_window_records_what_was_brought_and_the_case_goes_on()
    {
        var (file, task) = await AskedAsync("刘凤英");
        var clerk = await ClerkAsync("sunli", "/staff/intake/papers?q=" + Uri.EscapeDataString("刘凤英"));
        Assert.Contains(file.Number, clerk.Page.Html, StringComparison.Ordinal);
        var (_, _, address) = await clerk.SendFilesAsync(
            $"/staff/intake/papers/{task.Id}", "counter-papers", [("by", "family"), ("byName", "李国栋"), ("got", "identity")], ("paper.hukou", "户口簿.png", Scan));
        Assert.Equal($"/staff/cases/{file.Number}", address);
        var papers = await world.OnAsync<IUnitOfWork, List<Material>>(w => w.Set<Material>().AsNoTracking().Where(m => m.CaseId == file.Id).ToListAsync(Stop));
        Assert.All(papers.Where(p => p.Code is "hukou" or "identity"), p => Assert.True(p is { Received: true, CorrectionRequest: null }));
        Assert.NotNull(papers.Single(p => p.Code == "hukou").BlobHash);
        Assert.Null(papers.Single(p => p.Code == "identity").BlobHash);
        var done = await TaskAsync(task.Id);
        Assert.Equal("窗口代收：孙丽（窗口人员，团结街道）", done.CompletedAs);
        Assert.Equal("家属或代理人：李国栋", done.Comment);
        Assert.Equal(WorkTaskState.Ready, (await file.OpenAsync("acceptance-after-correction")).State);
        var entries = await world.OnAsync<IUnitOfWork, List<AuditEntry>>(w => w.Set<AuditEntry>().AsNoTracking().Where(a => a.Chain == $"case:{file.Id}" && a.Action == "task.complete").ToListAsync(Stop));
        Assert.Contains(entries, e => e.ActorText.Contains("孙丽", StringComparison.Ordinal) && System.Text.Encoding.UTF8.GetString(e.Content).Contains("李国栋", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_took_the_papers_in_may_go_on_to_accept_the_case()
    {
        var (file, task) = await AskedAsync("陈桂芝");
        await RecordAsync("sunli", file, task);
        await file.DoAsync("sunli", "acceptance-after-correction", "Accept", comment: "材料齐全，予以受理。");
        Assert.NotNull((await file.CaseAsync()).AcceptedOn);
    }

    [Theory]
    [InlineData("clerk-2", "not-found")]
    [InlineData("zhaomin", "applicant-only")]
    [InlineData("auditor", "applicant-only")]
    public async Task Another_window_and_other_posts_record_nothing(string who, string code)
    {
        var (file, task) = await AskedAsync("曲美玲" + string.Concat(who.Where(char.IsLetter)));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => RecordAsync(who, file, task));
        Assert.Equal(code, refusal.Refusal.Code);
        var page = await ClerkAsync(who, $"/staff/intake/papers/{task.Id}");
        Assert.Equal(HttpStatusCode.NotFound, page.Page.Status);
        Assert.Equal(WorkTaskState.Ready, (await TaskAsync(task.Id)).State);
    }

    [Fact]
    public async Task Nothing_is_recorded_without_a_word_on_who_brought_it_and_without_anything_brought()
    {
        var (file, task) = await AskedAsync("何玉梅");
        var clerk = await ClerkAsync("sunli", $"/staff/intake/papers/{task.Id}");
        await clerk.Page.SendAsync("counter-papers", null);
        Assert.Contains("请登记收到的材料，或填写说明", clerk.Page.Html, StringComparison.Ordinal);
        Assert.Contains("请选择谁交来的", clerk.Page.Html, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => file.PerformAsync("sunli", "correction", TaskVerb.Complete, "Submit", [], " "));
        Assert.Equal("handed-in-by", refusal.Refusal.Code);
    }

    [Fact]
    public async Task The_api_offers_the_same_to_the_same_people()
    {
        var (file, task) = await AskedAsync("宋淑琴");
        using var clerk = await ApiAsync("sunli");
        var seen = await clerk.GetFromJsonAsync<JsonObject>($"/api/v1/tasks/{task.Id}", Stop);
        Assert.Contains(seen!["outcomes"]!.AsArray(), o => (string?)o!["outcome"] == "Submit" && (bool)o["allowed"]!);
        using var leader = await ApiAsync("zhaomin");
        var closed = await leader.GetFromJsonAsync<JsonObject>($"/api/v1/tasks/{task.Id}", Stop);
        Assert.DoesNotContain(closed!["outcomes"]!.AsArray(), o => (bool)o!["allowed"]!);
        var answer = await clerk.PostAsJsonAsync(
            $"/api/v1/tasks/{task.Id}/actions",
            new JsonObject
            {
                ["verb"] = "Complete",
                ["outcome"] = "Submit",
                ["comment"] = "申请人本人",
                ["taskRevision"] = task.Revision,
                ["factsRevision"] = (await file.CaseAsync()).FactsRevision,
                ["operationId"] = Guid.NewGuid().ToString(),
                ["form"] = new JsonObject { ["materials"] = new JsonArray(new JsonObject { ["code"] = "hukou", ["name"] = "户口簿" }) },
            },
            Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(WorkTaskState.Completed, (await TaskAsync(task.Id)).State);
    }

    private async Task<(CaseInHand File, WorkTask Task)> AskedAsync(string name)
    {
        var file = await world.FileAsync(name);
        await file.DoAsync(
            "sunli", "acceptance", "RequestCorrection",
            new JsonObject { ["corrections"] = new JsonArray(new JsonObject { ["code"] = "hukou", ["name"] = "户口簿", ["request"] = "补首页" }) },
            "缺户口簿首页。");
        return (file, await file.OpenAsync("correction"));
    }

    private static Task<TaskReceipt> RecordAsync(string who, CaseInHand file, WorkTask task) => file.PerformAsync(
        who, task.Step, TaskVerb.Complete, "Submit",
        new JsonObject { ["materials"] = new JsonArray(new JsonObject { ["code"] = "hukou", ["name"] = "户口簿" }) }, "申请人本人");

    private Task<WorkTask> TaskAsync(Id<WorkTask> id) => world.OnAsync<IUnitOfWork, WorkTask>(w => w.Set<WorkTask>().AsNoTracking().FirstAsync(t => t.Id == id, Stop));

    private async Task<CitizenBrowser> ClerkAsync(string who, string address)
    {
        var browser = new CitizenBrowser(world);
        await browser.Page.SignInAsync(who, StaffWorld.Password, address);
        return browser;
    }

    private async Task<HttpClient> ApiAsync(string who)
    {
        var client = world.CreateClient();
        var answer = await client.PostAsJsonAsync("/api/v1/token", new { userName = who, password = StaffWorld.Password }, Stop);
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
        client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", (string)(token["accessToken"] ?? token["access_token"])!);
        return client;
    }
}
