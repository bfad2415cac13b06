using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests.Golden;

/// <summary>
/// One case whose way leads over every point at which the first kept dibao definitions wait: a correction, differences, an
/// objection, a visit of the district, an increase, a review, a hearing and the stop.
/// </summary>
internal static class DibaoWay
{
    public static IReadOnlyList<Act> Acts { get; } = [.. Application(), .. Objection(), .. Confirmation(), .. Change(), .. Stop()];

    public static Task<DibaoFlow> BeginAsync(DibaoHost host)
    {
        var form = Applications.CoupleWithChild();
        form["relatives"] = new JsonObject { ["officerRelative"] = true, ["officerName"] = "某协理员", ["relation"] = "姐弟" };
        return DibaoFlow.SubmitAsync(host, form);
    }

    private static IEnumerable<Act> Application()
    {
        yield return Task("request-correction", "clerk", "acceptance", "RequestCorrection", new JsonObject
        {
            ["corrections"] = new JsonArray(new JsonObject { ["code"] = "income", ["name"] = "收入证明", ["request"] = "请提供近12个月工资流水" }),
        });
        yield return On("2026-03-09", Task("correct", "citizen", "correction", "Submit", new JsonObject
        {
            ["materials"] = new JsonArray(new JsonObject { ["code"] = "income", ["name"] = "收入证明" }),
        }));
        yield return Task("accept", "clerk", "acceptance-after-correction", "Accept", []);
        yield return new Act("survey", (_, flow) => flow.SurveyAsync());
        yield return new Act("verify-with-differences", async (_, flow) => await flow.VerifyAsync("inconsistent", new JsonArray(new JsonObject
        {
            ["ref"] = (await flow.PersonAsync("李明（演示）")).ToString(),
            ["source"] = "bank",
            ["status"] = "found",
            ["items"] = new JsonArray(new JsonObject { ["kind"] = "deposit", ["amountFen"] = 100_000 }),
        })));
        yield return Task("explain", "citizen", "explain-differences", "Submit", new JsonObject { ["statement"] = "存款是借来的" });
        yield return new Act("settle", async (host, flow) =>
        {
            var line = await host.ReadAsync(w => w.Set<VerificationResult>().SingleAsync(r => r.CaseId == flow.CaseId, DibaoHost.Stop));
            await flow.DoAsync("handler", "settle-verification", "Settle", new JsonObject
            {
                ["lines"] = new JsonArray(new JsonObject { ["result"] = line.Id.ToString(), ["settlement"] = "found", ["reason"] = "没有借款凭证" }),
            });
        });
    }

    private static IEnumerable<Act> Objection()
    {
        yield return Task("draft", "handler", "opinion-draft", "Grant", []);
        yield return Task("check", "reviewer", "opinion-check", "Approve");
        yield return Task("sign", "leader", "opinion-signoff", "Approve");
        yield return On("2026-03-11", new Act("object", async (host, flow) =>
        {
            var notice = await host.ReadAsync(w => w.Set<PublicNotice>().SingleAsync(n => n.CaseId == flow.CaseId, DibaoHost.Stop));
            var stranger = await host.ActorAsync(host.Bureau["stranger"]);
            await host.OnAsync<PublicNoticeService, ObjectionReceipt>(
                s => s.ObjectAsync(stranger, notice.Id, "他家有汽车", null, null, Guid.NewGuid(), DibaoHost.Stop));
        }));
        yield return Task("investigate-again", "handler", "renewed-investigation", "Submit", new JsonObject
        {
            ["method"] = "resurvey",
            ["upheld"] = false,
            ["measures"] = "经核实没有机动车",
        });
        yield return Task("draft-again", "handler", "opinion-draft", "Grant", []);
        yield return Task("check-again", "reviewer", "opinion-check", "Approve");
        yield return Task("sign-again", "leader", "opinion-signoff", "Approve");
        yield return On("2026-03-20", new Act("notice-ends", (_, _) => System.Threading.Tasks.Task.CompletedTask));
    }

    private static IEnumerable<Act> Confirmation()
    {
        yield return Task("report", "handler", "report", "Report");
        yield return new Act("visit", (host, flow) => flow.DoAsync("d-handler", "district-visit", "Submit", new JsonObject
        {
            ["secondInvestigator"] = host.Bureau["d-handler2"].ToString(),
            ["conclusion"] = "情况属实",
        }));
        yield return Task("review-at-district", "d-reviewer", "district-review", "Approve", []);
        yield return Task("confirm", "director", "confirmation", "Approve", []);
    }

    private static IEnumerable<Act> Change()
    {
        yield return On("2026-05-06", new Act("report-change", async (host, flow) => await host.Get<IIntakeService>().ReportChangeAsync(
            await host.ActorAsync(host.Bureau["citizen"]),
            flow.CaseId,
            new JsonObject { ["kind"] = "income", ["text"] = "工资减少" },
            Guid.NewGuid(),
            DibaoHost.Stop)));
        yield return new Act("verify-change", async (_, flow) => await flow.DoAsync(
            "handler", "change-handling", "Increase", await IncomeAsync(flow, 1000, "工资单已核实"), "收入减少"));
        yield return Task("check-change", "reviewer", "change-check", "Approve");
        yield return Task("sign-change", "leader", "township-signoff", "Approve");
        yield return Task("review-change", "d-reviewer", "district-review", "Approve");
        yield return Task("decide-change", "director", "decision", "Approve", [], "同意增发");
    }

    private static IEnumerable<Act> Stop()
    {
        yield return On("2026-10-05", new Act("review-comes-due", (_, _) => System.Threading.Tasks.Task.CompletedTask));
        yield return new Act("verify-for-review", (_, flow) => flow.VerifyAsync());
        yield return new Act("propose-stop", async (_, flow) => await flow.DoAsync(
            "handler", "review-check", "ProposeStop", await IncomeAsync(flow, 4000, "丈夫已有稳定工作", "conclusion"), "人均收入高于标准"));
        yield return Task("confirm-review", "reviewer", "review-confirm", "Approve");
        yield return Task("verify-stop", "handler", "change-handling", "ProposeStop", new JsonObject { ["findings"] = "工资流水已核实" }, "人均收入高于标准");
        yield return Task("be-heard", "citizen", "hearing", "Submit", new JsonObject { ["statement"] = "工作不稳定" });
        yield return Task("review-hearing", "handler", "hearing-review", "Submit", new JsonObject { ["findings"] = "劳动合同为三年" }, "陈述不成立");
        yield return Task("check-stop", "reviewer", "stop-check", "Approve");
        yield return Task("sign-stop", "leader", "township-signoff", "Approve");
        yield return Task("review-stop", "d-reviewer", "district-review", "Approve");
        yield return Task("decide-stop", "director", "decision", "Approve", [], "同意停发");
        yield return On("2026-11-20", new Act("stop-notice-ends", (_, _) => System.Threading.Tasks.Task.CompletedTask));
    }

    internal static async Task<JsonObject> IncomeAsync(DibaoFlow flow, int monthly, string text, string member = "findings") => new()
    {
        [member] = text,
        ["incomes"] = new JsonArray(new JsonObject
        {
            ["person"] = (await flow.PersonAsync("李明（演示）")).ToString(),
            ["kind"] = "Wage",
            ["amount"] = monthly,
            ["period"] = "month",
        }),
    };

    internal static Act Task(string name, string who, string step, string outcome, JsonObject? form = null, string? comment = null) =>
        new(name, (_, flow) => flow.DoAsync(who, step, outcome, (JsonObject?)form?.DeepClone(), comment));

    internal static Act On(string day, Act act) => act with
    {
        DoAsync = async (host, flow) =>
        {
            await host.GoToAsync(day);
            await act.DoAsync(host, flow);
        },
    };
}
