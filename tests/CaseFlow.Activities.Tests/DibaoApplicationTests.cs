using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

public sealed class DibaoApplicationTests
{
    [Fact]
    public async Task An_application_runs_from_the_citizen_to_the_first_scheduled_review()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        Assert.Equal("DB-220502-2026-000001", (await flow.CaseAsync()).Number);
        Assert.Equal("Submitted", (await flow.CaseAsync()).Stage);

        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        Assert.Equal("Investigating", (await flow.CaseAsync()).Stage);
        Assert.Equal(new DateOnly(2026, 3, 2), (await flow.CaseAsync()).AcceptedOn);

        await flow.VerifyAsync();
        await flow.SurveyAsync();
        await flow.DoAsync("handler", "opinion-draft", "Grant", []);
        await flow.DoAsync("reviewer", "opinion-check", "Approve");
        await flow.DoAsync("leader", "opinion-signoff", "Approve");
        Assert.Equal("PublicNotice", (await flow.CaseAsync()).Stage);
        Assert.Empty(await flow.OpenTasksAsync());

        await host.GoToAsync("2026-03-10");
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
        var receipt = await flow.DoAsync("d-leader", "confirmation", "Approve", []);

        Assert.Contains("东民救〔2026〕1号", receipt.DocumentNumbers);
        var granted = await flow.CaseAsync();
        Assert.Equal(("Confirmed", CaseStatus.InForce), (granted.Stage, granted.Status));
        Assert.Equal(Money.FromYuan(820), granted.MonthlyAmount);
        Assert.Equal(Month.Of(2026, 4), granted.BenefitFrom);
        Assert.Equal("B", granted.ReviewClass);

        var review = await host.ReadAsync(w => w.Set<ReviewSchedule>().SingleAsync(DibaoHost.Stop));
        Assert.Equal(Month.Of(2026, 10), review.DueMonth);
        var term = await host.ReadAsync(w => w.Set<BenefitTerm>().SingleAsync(DibaoHost.Stop));
        Assert.Equal((Month.Of(2026, 4), Money.FromYuan(820)), (term.From, term.MonthlyAmount));
        var procedures = await host.ReadAsync(w => w.Set<Procedure>().ToListAsync(DibaoHost.Stop));
        Assert.Equal("Granted", procedures.Single(p => p.Kind == "application").Result);
        Assert.Equal(ProcedureState.Open, procedures.Single(p => p.Kind == "spine").State);
        var mails = await host.ReadAsync(w => w.Set<OutboxMessage>().Where(m => m.Channel == MessageChannel.Mail).ToListAsync(DibaoHost.Stop));
        Assert.All(mails, m => Assert.DoesNotContain("低保", m.Subject + m.Body, StringComparison.Ordinal));
        Assert.Equal(mails.Count, mails.Select(m => m.MessageKey).Distinct().Count());
    }
}
