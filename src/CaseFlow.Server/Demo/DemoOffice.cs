using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Demo;

/// <summary>
/// The officers of the demo: whoever holds the post takes a task and completes it through the task service, like a person
/// would. A refusal (four eyes, recusal) hands the task to the next colleague.
/// </summary>
internal sealed class DemoOffice(IServiceScopeFactory scopes, ITaskService tasks, DemoAccounts accounts)
{
    private readonly HashSet<Id<Case>> returned = [];
    private readonly HashSet<Id<Case>> moved = [];
    private readonly HashSet<Id<Case>> objected = [];

    /// <summary>Does one open task.</summary>
    /// <returns>Whether anybody could.</returns>
    public async Task<bool> DoAsync(WorkTask task, DemoCase its, CancellationToken cancellationToken)
    {
        if (task.ForCitizen)
        {
            return await AnswerAsync(task, its, cancellationToken);
        }

        var holders = task.CandidatePosts.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(p => accounts.Holders(task.OrganisationId, Enum.Parse<PostKind>(p)))
            .ToList();
        var order = task.AssigneeId is { } assignee ? [assignee, .. holders] : Rotate(holders, task, its);
        foreach (var holder in order.Distinct())
        {
            if (await TryAsync(task, its, await accounts.ActorAsync(holder, cancellationToken), holders, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Handlers of one street share the cases; the one who surveyed also drafts the opinion.</summary>
    private static List<Id<Account>> Rotate(List<Id<Account>> holders, WorkTask task, DemoCase its)
    {
        var first = task.Step is "acceptance" or "acceptance-after-correction" or "report" ? 0 : its.Index;
        return [.. holders.Select((_, i) => holders[(i + first) % holders.Count])];
    }

    private async Task<bool> TryAsync(WorkTask task, DemoCase its, Actor actor, List<Id<Account>> colleagues, CancellationToken cancellationToken)
    {
        try
        {
            var revision = task.Revision;
            if (task.State == WorkTaskState.Ready)
            {
                var claimed = await tasks.PerformAsync(actor, Request(task, TaskVerb.Claim, revision, its), cancellationToken);
                revision = claimed.NewRevision;
                task.State = WorkTaskState.Claimed;
                task.AssigneeId = actor.AccountId;
                task.Revision = revision;
            }

            await tasks.PerformAsync(actor, await ActAsync(task, its, actor, colleagues, revision, cancellationToken), cancellationToken);
            return true;
        }
        catch (RefusedException)
        {
            if (task.State == WorkTaskState.Claimed && task.AssigneeId == actor.AccountId)
            {
                var released = await tasks.PerformAsync(actor, Request(task, TaskVerb.Release, task.Revision, its), cancellationToken);
                task.State = WorkTaskState.Ready;
                task.AssigneeId = null;
                task.Revision = released.NewRevision;
            }

            return false;
        }
    }

    private async Task<TaskRequest> ActAsync(
        WorkTask task, DemoCase its, Actor actor, List<Id<Account>> colleagues, int revision, CancellationToken cancellationToken)
    {
        if (task.Step == "opinion-signoff" && its.Fate.Returned && returned.Add(task.CaseId))
        {
            return Request(task, TaskVerb.ReturnToStep, revision, its) with
            {
                TargetActivityId = "opinion-draft",
                Comment = "收入一项计算依据不清，请补充说明后再报。",
            };
        }

        var (outcome, form, comment) = await DecideAsync(task, its, actor, colleagues, cancellationToken);
        return Request(task, TaskVerb.Complete, revision, its) with { Outcome = outcome, Form = form, Comment = comment };
    }

    private async Task<(string Outcome, JsonObject Form, string Comment)> DecideAsync(
        WorkTask task, DemoCase its, Actor actor, List<Id<Account>> colleagues, CancellationToken cancellationToken)
    {
        switch (task.Step)
        {
            case "acceptance" when its.Fate.WrongBody:
                return ("NotAccept", new JsonObject { ["competentBody"] = "户籍所在地街道办事处" }, "户籍不在本区，请向户籍所在地提出申请。");
            case "acceptance" when its.Fate.Incomplete:
                return ("RequestCorrection", Corrections(), "收入证明不全，一次性告知补正。");
            case "acceptance" or "acceptance-after-correction":
                return ("Accept", [], "材料齐全，予以受理。");
            case "settle-verification" or "review-check":
                var lines = await LinesAsync(task.CaseId, cancellationToken);
                return task.Step == "review-check"
                    ? await ReviewAsync(task, lines, Second(actor, colleagues, its), cancellationToken)
                    : ("Settle", new JsonObject { ["lines"] = lines }, "核对差异已逐项处理。");
            case "survey" or "district-visit":
                return ("Submit", Survey(actor, colleagues, its), "入户调查情况与申报一致。");
            case "survey-signature" when its.Index % 19 == 4 && objected.Add(task.CaseId):
                return ("Object", [], "入户时没有见到配偶，收入一项也没有看凭证，请补充。");
            case "survey-signature" or "visit-signature" or "renewed-signature" or "review-signature":
                return ("Confirm", [], "");
            case "opinion-draft":
                return await OpinionAsync(task, cancellationToken);
            case "renewed-investigation":
                return ("Submit", new JsonObject { ["method"] = "resurvey", ["secondInvestigator"] = Second(actor, colleagues, its), ["upheld"] = false, ["measures"] = "重新入户并走访三户邻居，收入情况与申报一致。" }, "异议不成立。");
            case "confirmation":
                return await ConfirmAsync(task, cancellationToken);
            case "change-handling":
                return await ChangeAsync(task, its, cancellationToken);
            case "recheck":
                return ("Submit", new JsonObject { ["findings"] = "申请人提供的证明已核实，结果没有变化。" }, "已复核。");
            case "suspension-check":
                return ("Suspend", new JsonObject { ["reason"] = "account", ["facts"] = "银行退票，账户已注销。" }, "账户发放失败，建议暂停发放。");
            case "resume-payment":
                return ("Resume", new JsonObject { ["findings"] = "新账户已核对。" }, "恢复发放。");
            case "hearing-review":
                return ("Submit", new JsonObject { ["findings"] = "已听取陈述，维持原意见。" }, "维持。");
            default:
                return (task.Outcomes.Split(',')[0], [], "同意。");
        }
    }

    private async Task<bool> AnswerAsync(WorkTask task, DemoCase its, CancellationToken cancellationToken)
    {
        if (its.Fate.NeverCompletes && task.Step == "correction")
        {
            return false;
        }

        var citizen = new Actor(ActorKind.Citizen, its.CitizenAccount, its.ApplicantName, its.ApplicantId, [], new DataScope { PersonId = its.ApplicantId });
        var form = task.Step == "correction"
            ? new JsonObject { ["note"] = "收入证明已补交。" }
            : new JsonObject { ["statement"] = "临时打零工，现已停止，有单位证明。" };
        try
        {
            await tasks.PerformAsync(citizen, Request(task, TaskVerb.Complete, task.Revision, its) with { Outcome = "Submit", Form = form }, cancellationToken);
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    private async Task<(string, JsonObject, string)> OpinionAsync(WorkTask task, CancellationToken cancellationToken)
    {
        var last = await ReadAsync(
            (work, token) => work.Set<AssessmentRecord>().AsNoTracking().Where(a => a.CaseId == task.CaseId).OrderByDescending(a => a.At).FirstOrDefaultAsync(token),
            cancellationToken);
        return last is { Eligible: true }
            ? ("Grant", [], $"拟同意，月补差 {last.Amount} 元。")
            : ("Refuse", [], "家庭人均月收入或财产不符合条件，拟不予确认。");
    }

    private async Task<(string, JsonObject, string)> ConfirmAsync(WorkTask task, CancellationToken cancellationToken)
    {
        var last = await ReadAsync(
            (work, token) => work.Set<AssessmentRecord>().AsNoTracking().Where(a => a.CaseId == task.CaseId).OrderByDescending(a => a.At).FirstOrDefaultAsync(token),
            cancellationToken);
        return last is { Eligible: true } ? ("Approve", [], "同意确认。") : ("Refuse", [], "不符合条件，不予确认。");
    }

    private async Task<(string, JsonObject, string)> ReviewAsync(WorkTask task, JsonArray lines, string second, CancellationToken cancellationToken)
    {
        var found = lines.Count > 0;
        var form = new JsonObject { ["visited"] = true, ["secondInvestigator"] = second, ["conclusion"] = found ? "收入有变化，建议减发。" : "家庭情况无变化。" };
        if (found)
        {
            form["lines"] = lines;
        }

        _ = await ReadAsync((work, token) => work.Set<WorkTask>().CountAsync(t => t.CaseId == task.CaseId, token), cancellationToken);
        return (found ? "Reduce" : "Unchanged", form, found ? "建议减发。" : "情况无变化，继续保障。");
    }

    /// <summary>What the handler finds when a change was reported: what the household's fate says, in figures that fit the proposal.</summary>
    private async Task<(string, JsonObject, string)> ChangeAsync(WorkTask task, DemoCase its, CancellationToken cancellationToken)
    {
        if (its.Fate.Later == DemoLater.Moves && moved.Add(task.CaseId))
        {
            var to = new JsonObject { ["community"] = its.Fate.MovesTo, ["address"] = "（演示新址）" };
            return ("Move", new JsonObject { ["findings"] = "户口已迁入，材料已核对。", ["move"] = to }, "户籍已迁，建议移交。");
        }

        var (members, monthly) = await LastCalculationAsync(task.CaseId, cancellationToken);
        var (outcome, income) = its.Fate.Later switch
        {
            // Wages count for four fifths: 1,500 of 1,200 a head leaves the family well above one and a half standards.
            DemoLater.Stopped => ("ProposeStop", Income("Wage", 1500 * members)),
            DemoLater.GradualExit when its.Fate.Area == AreaType.Urban => ("GradualExit", Income("Wage", 900 * members)),
            _ when monthly >= 100 && its.Index % 2 == 0 => ("Increase", Income("Other", monthly - 90)),
            _ => ("Reduce", Income("Other", monthly + 60)),
        };
        var form = new JsonObject
        {
            ["findings"] = outcome == "Increase" ? "收入减少，有证明。" : "收入增加，有工资流水。",
            ["byEmployment"] = outcome == "GradualExit",
            ["incomes"] = new JsonArray { income },
        };
        return (outcome, form, $"情况属实，建议{OutcomeNames.Of(outcome)}。");
    }

    private static JsonObject Income(string kind, long amount) =>
        new() { ["kind"] = kind, ["amount"] = amount, ["period"] = "month", ["note"] = "报告变化后核实" };

    private async Task<(int Members, long Monthly)> LastCalculationAsync(Id<Case> caseId, CancellationToken cancellationToken)
    {
        var last = await ReadAsync(
            (work, token) => work.Set<AssessmentRecord>().AsNoTracking().Where(a => a.CaseId == caseId).OrderByDescending(a => a.At).FirstAsync(token),
            cancellationToken);
        return (Math.Max(last.Members, 1), last.YearlyIncomeFen / 1200);
    }

    private static JsonObject Corrections() => new()
    {
        ["corrections"] = new JsonArray
        {
            new JsonObject { ["code"] = "income", ["name"] = "收入证明", ["request"] = "请单位或社区开具近12个月收入证明。" },
        },
    };

    private static string Second(Actor actor, List<Id<Account>> colleagues, DemoCase its) =>
        colleagues.Where(c => c != actor.AccountId).Select((c, i) => (c, i)).OrderBy(p => (p.i + its.Index) % 2).First().c.ToString();

    private static JsonObject Survey(Actor actor, List<Id<Account>> colleagues, DemoCase its) => new()
    {
        ["secondInvestigator"] = Second(actor, colleagues, its),
        ["place"] = "申请人住处",
        ["present"] = its.ApplicantName,
        ["conclusion"] = "家庭成员、居住和收入情况与申报一致。",
    };

    private Task<JsonArray> LinesAsync(Id<Case> caseId, CancellationToken cancellationToken) => ReadAsync(
        async (work, token) =>
        {
            var results = await work.Set<VerificationResult>().AsNoTracking().Where(r => r.CaseId == caseId).ToListAsync(token);
            return new JsonArray([.. results.Where(VerificationService.IsDifference).Select(r => (JsonNode)new JsonObject
            {
                ["result"] = r.Id.ToString(), ["settlement"] = "explained", ["reason"] = "申请人已说明并提供证明。",
            })]);
        },
        cancellationToken);

    private async Task<T> ReadAsync<T>(Func<IUnitOfWork, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("demo"));
        return await read(scope.ServiceProvider.GetRequiredService<IUnitOfWork>(), cancellationToken);
    }

    private static TaskRequest Request(WorkTask task, TaskVerb verb, int revision, DemoCase its) =>
        new(task.Id, verb, revision, its.FactsRevision, Guid.NewGuid());
}

/// <summary>A household of the demo once it has applied.</summary>
internal sealed class DemoCase
{
    /// <summary>Number of the household, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its fate.</summary>
    public required DemoFate Fate { get; init; }

    /// <summary>The case.</summary>
    public required Id<Case> CaseId { get; init; }

    /// <summary>The applicant's name.</summary>
    public required string ApplicantName { get; init; }

    /// <summary>The applicant.</summary>
    public Id<Person> ApplicantId { get; set; }

    /// <summary>The applicant's account, for the one who applied online.</summary>
    public Id<Account>? CitizenAccount { get; init; }

    /// <summary>Revision of the facts, as last read.</summary>
    public int FactsRevision { get; set; } = 1;
}
