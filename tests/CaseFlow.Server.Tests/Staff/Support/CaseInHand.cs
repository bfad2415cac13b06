using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Tests.Staff;

/// <summary>One case, carried on by the people of the bureau.</summary>
public sealed class CaseInHand(StaffWorld world, Id<Case> id, string number)
{
    public Id<Case> Id => id;

    public string Number => number;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task<Case> CaseAsync() => world.OnAsync<IUnitOfWork, Case>(w => w.Set<Case>().AsNoTracking().FirstAsync(c => c.Id == id, Stop));

    public async Task<WorkTask> OpenAsync(string step)
    {
        var open = await world.OnAsync<IUnitOfWork, List<WorkTask>>(w => w.Set<WorkTask>().AsNoTracking()
            .Where(t => t.CaseId == id && (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed)).ToListAsync(Stop));
        return open.Find(t => t.Step == step)
            ?? throw new InvalidOperationException($"No open task {step}; open: {string.Join(", ", open.Select(t => t.Step))}.");
    }

    public async Task<TaskReceipt> PerformAsync(string who, string step, TaskVerb verb, string? outcome = null, JsonObject? form = null, string? comment = null)
    {
        var task = await OpenAsync(step);
        var file = await CaseAsync();
        using var scope = world.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<ITaskService>().PerformAsync(
            await world.ActorAsync(who),
            new TaskRequest(task.Id, verb, task.Revision, file.FactsRevision, Guid.NewGuid(), outcome, form, comment),
            Stop);
    }

    public Task ClaimAsync(string who, string step) => PerformAsync(who, step, TaskVerb.Claim);

    public async Task DoAsync(string who, string step, string outcome, JsonObject? form = null, string comment = "同意。")
    {
        if ((await OpenAsync(step)).State == WorkTaskState.Ready)
        {
            await ClaimAsync(who, step);
        }

        await PerformAsync(who, step, TaskVerb.Complete, outcome, form ?? [], comment);
    }

    /// <summary>The window asks, once, for the hukou booklet.</summary>
    public Task AskForCorrectionAsync() => DoAsync(
        "sunli", "acceptance", "RequestCorrection",
        new JsonObject { ["corrections"] = new JsonArray(new JsonObject { ["code"] = "hukou", ["name"] = "户口簿", ["request"] = "请补首页" }) },
        "缺户口簿首页。");

    /// <summary>From the corrected application to the confirmation.</summary>
    public async Task DecideAfterCorrectionAsync()
    {
        await DoAsync("sunli", "acceptance-after-correction", "Accept", comment: "材料齐全，予以受理。");
        await VerifyAsync();
        await SurveyAsync();
        await DoAsync("zhouting", "opinion-draft", "Grant", comment: "拟予确认。");
        await DoAsync("liujianguo", "opinion-check", "Approve");
        await DoAsync("zhaomin", "opinion-signoff", "Approve");
        await world.GoToAsync(world.Clock.Today.AddDays(9));
        await DoAsync("zhouting", "report", "Report", comment: "上报区民政局。");
        await DoAsync("d-reviewer", "district-review", "Approve");
        await DoAsync("d-leader", "confirmation", "Approve", new JsonObject { ["reviewClass"] = "A" }, "同意确认。");
    }

    public Task AcceptAsync() => DoAsync("sunli", "acceptance", "Accept", comment: "材料齐全，予以受理。");

    public async Task SurveyAsync()
    {
        await SurveyUnsignedAsync();
        await DoAsync("liuyang", "survey-signature", "Confirm");
    }

    /// <summary>The survey as the first investigator leaves it: it waits for the signature of the second.</summary>
    public Task SurveyUnsignedAsync() => DoAsync("zhouting", "survey", "Submit", new JsonObject
    {
        ["secondInvestigator"] = world["liuyang"].ToString(),
        ["surveyedOn"] = world.Clock.Today.ToString("yyyy-MM-dd"),
        ["housing"] = "自住楼房一套，58.6 平方米，家具陈旧。",
        ["neighbours"] = "邻居反映每周透析三次，平时做保洁。",
        ["conclusion"] = "与申报情况一致。",
    });

    /// <summary>The platform answers; the tax office finds another wage where one is given.</summary>
    public async Task VerifyAsync(long? wageFen = null)
    {
        var request = await world.OnAsync<IUnitOfWork, VerificationRequest>(w => w.Set<VerificationRequest>().AsNoTracking()
            .OrderByDescending(r => r.RequestedAt).FirstAsync(r => r.CaseId == id, Stop));
        var applicant = (await CaseAsync()).ApplicantId.ToString();
        var results = new JsonArray(
            Line(applicant, "household", "none"),
            wageFen is { } fen ? Line(applicant, "tax", "found", "wage", fen) : Line(applicant, "tax", "none"),
            Line(applicant, "socialInsurance", "none"),
            Line(applicant, "realEstate", "none"),
            Line(applicant, "vehicle", "none"),
            Line(applicant, "bank", "unavailable"));
        await world.OnAsync<VerificationService, bool>(s => s.ReceiveAsync(
            Actor.System("platform"),
            new JsonObject
            {
                ["requestId"] = request.Id.ToString(),
                ["platformNumber"] = "HD-2026-000418",
                ["status"] = "complete",
                ["results"] = results,
                ["conclusion"] = wageFen is null ? "meets" : "inconsistent",
            },
            Stop));
    }

    public async Task ToOpinionAsync()
    {
        await AcceptAsync();
        await VerifyAsync();
        await SurveyAsync();
    }

    public async Task ToNoticeAsync()
    {
        await ToOpinionAsync();
        await DoAsync("zhouting", "opinion-draft", "Grant", comment: "拟予确认。");
        await DoAsync("liujianguo", "opinion-check", "Approve");
        await DoAsync("zhaomin", "opinion-signoff", "Approve");
    }

    /// <summary>Lets the notice end and brings the case to the district's confirmation.</summary>
    public async Task ToConfirmationAsync()
    {
        await ToNoticeAsync();
        await world.GoToAsync(world.Clock.Today.AddDays(9));
        await DoAsync("zhouting", "report", "Report", comment: "上报区民政局。");
        await DoAsync("d-reviewer", "district-review", "Approve");
    }

    private static JsonObject Line(string person, string source, string status, string? kind = null, long fen = 0)
    {
        var line = new JsonObject { ["ref"] = person, ["source"] = source, ["status"] = status };
        if (kind is not null)
        {
            line["items"] = new JsonArray(new JsonObject { ["kind"] = kind, ["amountFen"] = fen });
        }

        return line;
    }
}
