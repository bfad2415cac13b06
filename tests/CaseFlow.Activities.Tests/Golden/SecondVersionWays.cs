using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests.Golden;

/// <summary>
/// The ways over the points that dibao gained with its second kept version: a recheck of differences, a negative result and its
/// objection, a move, a suspension that is never lifted, and gradual exits by each branch of the spine.
/// </summary>
internal static class SecondVersionWays
{
    private const string Husband = "李明（演示）";

    public static IReadOnlyList<Journey> All { get; } =
    [
        new("recheck", "2", h => DibaoFlow.SubmitAsync(h, Applications.CoupleWithChild()), [.. Recheck()]),
        new("negative-result-and-move", "2", h => DibaoFlow.SubmitAsync(h, WithDeposit()), [.. NegativeResult(), .. Move()]),
        new("suspension", "2", h => DibaoFlow.SubmitAsync(h, Applications.CoupleWithChild()), [.. Granted(), .. Suspension(), .. Exit("2027-03-01", "2027-03-15")]),
        new("exit-by-event", "2", h => DibaoFlow.SubmitAsync(h, Applications.CoupleWithChild()), [.. Granted(), .. Event(), .. Exit("2026-11-01", "2026-11-15")]),
        new("exit-by-review", "2", h => DibaoFlow.SubmitAsync(h, Applications.CoupleWithChild()), [.. Granted(), .. Review(), .. Exit("2027-05-01", "2027-05-20")]),
    ];

    private static JsonObject WithDeposit()
    {
        var form = Applications.CoupleWithChild();
        form["property"]!["financialAssets"] = new JsonArray(new JsonObject { ["person"] = "m1", ["amount"] = 46000 });
        return form;
    }

    private static IEnumerable<Act> Recheck()
    {
        yield return DibaoWay.Task("accept", "clerk", "acceptance", "Accept", []);
        yield return new Act("survey", (_, flow) => flow.SurveyAsync());
        yield return new Act("verify", (_, flow) => FoundAsync(flow));
        yield return DibaoWay.Task("explain", "citizen", "explain-differences", "Submit", new JsonObject { ["statement"] = "账户被他人冒用" });
        yield return DibaoWay.On("2026-03-03", DibaoWay.Task("ask-again", "handler", "settle-verification", "Recheck", []));
        yield return new Act("verify-again", (_, flow) => FoundAsync(flow));
        yield return new Act("settle", async (host, flow) =>
        {
            var line = await host.ReadAsync(w => w.Set<VerificationResult>().Where(r => r.CaseId == flow.CaseId).OrderByDescending(r => r.Id).FirstAsync(DibaoHost.Stop));
            await flow.DoAsync("handler", "settle-recheck", "Settle", new JsonObject
            {
                ["lines"] = new JsonArray(new JsonObject { ["result"] = line.Id.ToString(), ["settlement"] = "found", ["reason"] = "复核仍查到" }),
            });
        });
        yield return DibaoWay.Task("draft", "handler", "opinion-draft", "Refuse", [], "家庭财产超过规定");
        yield return DibaoWay.Task("check", "reviewer", "opinion-check", "Approve", null, "同意");
        yield return DibaoWay.Task("sign", "leader", "opinion-signoff", "Approve", null, "同意");
        yield return DibaoWay.Task("report", "handler", "report", "Report");
        yield return DibaoWay.Task("review", "d-reviewer", "district-review", "Approve", [], "同意");
        yield return DibaoWay.Task("refuse", "d-leader", "confirmation", "Refuse", [], "家庭财产超过规定");
    }

    private static IEnumerable<Act> NegativeResult()
    {
        yield return DibaoWay.Task("accept", "clerk", "acceptance", "Accept", []);
        yield return new Act("verify", (_, flow) => flow.VerifyAsync());
        yield return new Act("survey", (_, flow) => flow.SurveyAsync());
        yield return DibaoWay.Task("object", "citizen", "object-result", "Submit", new JsonObject { ["statement"] = "存款已用于医疗" });
        yield return DibaoWay.Task("recheck", "handler", "recheck", "Submit", new JsonObject
        {
            ["findings"] = "票据已核实",
            ["property"] = new JsonObject { ["dwellings"] = 1, ["company"] = false },
        });
        foreach (var act in OpinionToGrant())
        {
            yield return act;
        }
    }

    private static IEnumerable<Act> Granted()
    {
        yield return DibaoWay.Task("accept", "clerk", "acceptance", "Accept", []);
        yield return new Act("verify", (_, flow) => flow.VerifyAsync());
        yield return new Act("survey", (_, flow) => flow.SurveyAsync());
        foreach (var act in OpinionToGrant())
        {
            yield return act;
        }
    }

    private static IEnumerable<Act> OpinionToGrant()
    {
        yield return DibaoWay.Task("draft", "handler", "opinion-draft", "Grant", [], "符合条件");
        yield return DibaoWay.Task("check", "reviewer", "opinion-check", "Approve", null, "同意");
        yield return DibaoWay.Task("sign", "leader", "opinion-signoff", "Approve", null, "同意");
        yield return DibaoWay.On("2026-03-10", DibaoWay.Task("report", "handler", "report", "Report"));
        yield return DibaoWay.Task("review-at-district", "d-reviewer", "district-review", "Approve", [], "同意");
        yield return DibaoWay.Task("confirm", "d-leader", "confirmation", "Approve", [], "同意");
    }

    private static IEnumerable<Act> Move()
    {
        yield return Report("2026-04-20", "move", "迁到夹皮沟村");
        yield return DibaoWay.Task("verify-move", "handler", "change-handling", "Move", new JsonObject
        {
            ["findings"] = "户口已迁",
            ["move"] = new JsonObject { ["community"] = "220502100201", ["address"] = "夹皮沟村3组（演示）" },
        });
        yield return DibaoWay.Task("sign-move", "leader", "move-signoff", "Approve", null, "同意移交");
        yield return DibaoWay.Task("look-into-it", "t-handler", "change-handling", "Keep", new JsonObject { ["findings"] = "已核实" });
    }

    private static IEnumerable<Act> Suspension()
    {
        yield return Report("2026-05-06", "whereabouts", "联系不上");
        yield return DibaoWay.Task("check-suspension", "handler", "suspension-check", "Suspend", new JsonObject { ["reason"] = "whereabouts", ["facts"] = "三次上门无人" });
        yield return DibaoWay.Task("sign-suspension", "leader", "suspension-signoff", "Approve", null, "同意");
        yield return DibaoWay.On("2026-08-10", new Act("limit", (_, _) => Task.CompletedTask));
    }

    private static IEnumerable<Act> Event()
    {
        yield return Report("2026-04-07", "income", "换了工作");
    }

    private static IEnumerable<Act> Review()
    {
        yield return DibaoWay.On("2026-10-05", new Act("review-comes-due", (_, _) => Task.CompletedTask));
        yield return new Act("verify-for-review", (_, flow) => flow.VerifyAsync());
        yield return new Act("propose-stop", async (_, flow) => await flow.DoAsync(
            "handler", "review-check", "ProposeStop", await DibaoWay.IncomeAsync(flow, 2600, "丈夫换了工作", "conclusion"), "人均收入高于标准"));
        yield return DibaoWay.Task("confirm-review", "reviewer", "review-confirm", "Approve", null, "同意");
    }

    /// <summary>Work lifted the family above the standard and not above the borderline: it keeps the amount for six months.</summary>
    private static IEnumerable<Act> Exit(string afterLastMonth, string afterNotice)
    {
        yield return new Act("propose-exit", async (_, flow) =>
        {
            var form = await DibaoWay.IncomeAsync(flow, 2600, "就业增收，合同已核实");
            form["byEmployment"] = true;
            await flow.DoAsync("handler", "change-handling", "GradualExit", form, "就业增收，人均693.33元");
        });
        yield return DibaoWay.Task("be-heard", "citizen", "hearing", "Submit", new JsonObject { ["statement"] = "没有意见" });
        yield return DibaoWay.Task("review-hearing", "handler", "hearing-review", "Submit", new JsonObject { ["findings"] = "无异议" }, "无异议");
        yield return DibaoWay.Task("check-exit", "reviewer", "stop-check", "Approve", null, "同意");
        yield return DibaoWay.Task("sign-exit", "leader", "township-signoff", "Approve", null, "同意");
        yield return DibaoWay.Task("review-exit", "d-reviewer", "district-review", "Approve", null, "同意");
        yield return DibaoWay.Task("decide-exit", "d-leader", "decision", "Approve", [], "同意渐退");
        yield return DibaoWay.On(afterLastMonth, new Act("last-month-ends", (_, _) => Task.CompletedTask));
        yield return DibaoWay.On(afterNotice, new Act("stop-notice-ends", (_, _) => Task.CompletedTask));
    }

    private static Act Report(string day, string kind, string text) => DibaoWay.On(day, new Act("report-" + kind, async (host, flow) =>
        await host.Get<IIntakeService>().ReportChangeAsync(
            await host.ActorAsync(host.Bureau[kind is "whereabouts" ? "handler" : "citizen"]),
            flow.CaseId,
            new JsonObject { ["kind"] = kind, ["text"] = text },
            Guid.NewGuid(),
            DibaoHost.Stop)));

    private static async Task FoundAsync(DibaoFlow flow) => await flow.VerifyAsync("inconsistent", new JsonArray(new JsonObject
    {
        ["ref"] = (await flow.PersonAsync(Husband)).ToString(),
        ["source"] = "bank",
        ["status"] = "found",
        ["items"] = new JsonArray(new JsonObject { ["kind"] = "deposit", ["amountFen"] = 4_600_000 }),
    }));
}
