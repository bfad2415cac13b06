using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests.Golden;

/// <summary>
/// The way over the points that dibao gained with its third kept version: wherever a household is visited, the second
/// investigator signs: the survey, the renewed one, the visit of the district, the visit of a review.
/// </summary>
internal static class ThirdVersionWays
{
    public static IReadOnlyList<Journey> All { get; } = [new("signatures", "3", BeginAsync, [.. Application(), .. Objection(), .. District(), .. Review()])];

    private static Task<DibaoFlow> BeginAsync(DibaoHost host)
    {
        var form = Applications.CoupleWithChild();
        form["relatives"] = new JsonObject { ["officerRelative"] = true, ["officerName"] = "某协理员", ["relation"] = "姐弟" };
        return DibaoFlow.SubmitAsync(host, form);
    }

    private static IEnumerable<Act> Application()
    {
        yield return DibaoWay.Task("accept", "clerk", "acceptance", "Accept", []);
        yield return new Act("verify", (_, flow) => flow.VerifyAsync());
        yield return Visit("survey", "handler", "survey", "Submit", "handler2", new JsonObject { ["conclusion"] = "属实" });
        yield return DibaoWay.Task("object-to-survey", "handler2", "survey-signature", "Object", null, "没有见到配偶");
        yield return Visit("survey-again", "handler", "survey", "Submit", "handler2", new JsonObject { ["conclusion"] = "配偶在场，属实" });
        yield return DibaoWay.Task("sign-survey", "handler2", "survey-signature", "Confirm");
        foreach (var act in Opinion(""))
        {
            yield return act;
        }
    }

    private static IEnumerable<Act> Objection()
    {
        yield return DibaoWay.On("2026-03-05", new Act("object", async (host, flow) =>
        {
            var notice = await host.ReadAsync(w => w.Set<PublicNotice>().SingleAsync(n => n.CaseId == flow.CaseId, DibaoHost.Stop));
            var stranger = await host.ActorAsync(host.Bureau["stranger"]);
            await host.OnAsync<PublicNoticeService, ObjectionReceipt>(
                s => s.ObjectAsync(stranger, notice.Id, "他家有汽车", null, null, Guid.NewGuid(), DibaoHost.Stop));
        }));
        yield return Visit("survey-anew", "handler", "renewed-investigation", "Submit", "handler2", new JsonObject
        {
            ["method"] = "resurvey",
            ["upheld"] = false,
            ["measures"] = "经核实没有机动车",
        });
        yield return DibaoWay.Task("sign-renewed", "handler2", "renewed-signature", "Confirm");
        foreach (var act in Opinion("-again"))
        {
            yield return act;
        }

        yield return DibaoWay.On("2026-03-17", new Act("notice-ends", (_, _) => Task.CompletedTask));
    }

    private static IEnumerable<Act> District()
    {
        yield return DibaoWay.Task("report", "handler", "report", "Report");
        yield return Visit("visit", "d-handler", "district-visit", "Submit", "d-handler2", new JsonObject { ["conclusion"] = "属实" });
        yield return DibaoWay.Task("sign-visit", "d-handler2", "visit-signature", "Confirm");
        yield return DibaoWay.Task("review-at-district", "d-reviewer", "district-review", "Approve", [], "同意");
        yield return DibaoWay.Task("confirm", "director", "confirmation", "Approve", [], "同意");
    }

    private static IEnumerable<Act> Review()
    {
        yield return DibaoWay.On("2026-10-05", new Act("review-comes-due", (_, _) => Task.CompletedTask));
        yield return new Act("verify-for-review", (_, flow) => flow.VerifyAsync());
        yield return Visit("review-with-visit", "handler", "review-check", "Unchanged", "handler2", new JsonObject { ["visited"] = true, ["conclusion"] = "无变化" });
        yield return DibaoWay.Task("sign-review", "handler2", "review-signature", "Confirm");
        yield return DibaoWay.Task("confirm-review", "reviewer", "review-confirm", "Approve", null, "同意");
    }

    private static IEnumerable<Act> Opinion(string suffix)
    {
        yield return DibaoWay.Task("draft" + suffix, "handler", "opinion-draft", "Grant", [], "符合条件");
        yield return DibaoWay.Task("check" + suffix, "reviewer", "opinion-check", "Approve", null, "同意");
        yield return DibaoWay.Task("sign" + suffix, "leader", "opinion-signoff", "Approve", null, "同意");
    }

    private static Act Visit(string name, string who, string step, string outcome, string second, JsonObject form) => new(name, async (host, flow) =>
    {
        var filled = (JsonObject)form.DeepClone();
        filled["secondInvestigator"] = host.Bureau[second].ToString();
        await flow.DoAsync(who, step, outcome, filled);
    });
}
