using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Reviews;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Documents;

/// <summary>
/// What a single kind of document says beyond the common model (<c>data</c> in the declarations of <c>templates/</c>): last days
/// of answers, old and new amounts, reasons. A workflow may add to it or say otherwise.
/// </summary>
public sealed class DocumentData(IUnitOfWork work, IBusinessClock clock, PolicyDesk policy, AssessmentService assessments)
{
    /// <summary>The data of a template; empty for one that needs none.</summary>
    public async Task<JsonObject> ForAsync(string templateKey, Case caseFile, Procedure? procedure, CancellationToken cancellationToken)
    {
        var kind = templateKey[(templateKey.LastIndexOf('/') + 1)..];
        var steps = procedure is null ? new StepForms([]) : await StepsAsync(procedure, cancellationToken);
        return kind switch
        {
            "correction-notice" => new JsonObject { ["answerBy"] = await LastDayAsync("dibao.correction.answer.days", cancellationToken) },
            "non-acceptance-decision" => NonAcceptance(steps),
            "household-survey-form" => await SurveyAsync(caseFile, steps, cancellationToken),
            "verification-result-notice" => await VerificationAsync(caseFile, cancellationToken),
            "preliminary-opinion" => await OpinionAsync(steps, cancellationToken),
            "public-notice" => await NoticeAsync("notice.dibao.days", cancellationToken),
            "stop-notice" => await NoticeAsync("notice.stop.days", cancellationToken),
            "notice-proof" => await NoticeProofAsync(caseFile, cancellationToken),
            "appraisal-record" => Appraisal(steps),
            "objection-answer" => await ObjectionAsync(caseFile, steps, cancellationToken),
            "confirmation-form" => await ConfirmationFormAsync(caseFile, steps, cancellationToken),
            "confirmation-notice" => await ConfirmationAsync(caseFile, cancellationToken),
            "refusal-notice" => await RefusalAsync(caseFile, steps, cancellationToken),
            "review-notice" => await ReviewAsync(caseFile, cancellationToken),
            "proposed-stop-notice" => await ProposedStopAsync(caseFile, steps, cancellationToken),
            "benefit-change-decision" => await ChangeAsync(caseFile, steps, cancellationToken),
            "benefit-stop-decision" => await StopAsync(caseFile, steps, cancellationToken),
            _ => [],
        };
    }

    private static JsonObject NonAcceptance(StepForms steps)
    {
        var task = steps.Last("acceptance-after-correction") ?? steps.Last("acceptance");
        return new JsonObject { ["reason"] = task?.Comment ?? "", ["competentBody"] = StepForms.Form(task).Text("competentBody") };
    }

    private async Task<JsonObject> SurveyAsync(Case caseFile, StepForms steps, CancellationToken cancellationToken)
    {
        var task = steps.Last("survey");
        var form = StepForms.Form(task);
        var signatures = await SignaturesAsync(task, steps, cancellationToken);
        var address = await work.Set<Person>().Where(p => p.Id == caseFile.ApplicantId).Select(p => p.Address).FirstAsync(cancellationToken);
        return new JsonObject
        {
            ["surveyedOn"] = IsoDate(form.Text("surveyedOn")) ?? DocumentModels.Date(clock.Today),
            ["place"] = form.Text("place") ?? address,
            ["surveyors"] = new JsonArray([.. signatures.Select(s => (JsonNode)s.Name)]),
            ["signatures"] = new JsonArray([.. signatures.Select(s => (JsonNode)new JsonObject { ["name"] = s.Name, ["signedOn"] = s.SignedOn })]),
            ["present"] = form.Text("present"),
            ["method"] = form.Text("method") ?? "入户查看、邻里访问",
            ["housing"] = form.Text("housing"),
            ["living"] = form.Text("living"),
            ["income"] = form.Text("income"),
            ["property"] = form.Text("propertyText"),
            ["neighbours"] = form.Text("neighbours"),
            ["conclusion"] = form.Text("conclusion") ?? task?.Comment ?? "",
        };
    }

    /// <summary>Who surveyed, each with the day of their signature; the second has none while they have not signed.</summary>
    private async Task<List<(string Name, string? SignedOn)>> SignaturesAsync(WorkTask? survey, StepForms steps, CancellationToken cancellationToken)
    {
        var second = survey is null ? null : steps.SignatureOf(survey);
        var signatures = new List<(string, string?)>();
        foreach (var (account, at) in new[] { (survey?.CompletedBy, survey?.EndedAt), (survey?.SecondPersonId, second?.EndedAt) })
        {
            if (account is { } signer)
            {
                var name = await work.Set<Account>().Where(a => a.Id == signer).Select(a => a.DisplayName).FirstAsync(cancellationToken);
                signatures.Add((name, at is { } signed ? DocumentModels.Date(BusinessTime.DayOf(signed)) : null));
            }
        }

        return signatures;
    }

    private async Task<JsonObject> VerificationAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var results = await work.Set<VerificationResult>().Where(r => r.CaseId == caseFile.Id).ToListAsync(cancellationToken);
        var differing = results.Where(VerificationService.IsDifference).Select(r => VerificationNames.Source(r.Source)).Distinct(StringComparer.Ordinal).ToList();
        var found = results.Where(r => r.Status == "found").Select(r => VerificationNames.Source(r.Source)).Distinct(StringComparer.Ordinal).ToList();
        var last = await assessments.LastAsync(caseFile.Id, cancellationToken);
        var failed = differing.Count == 0 && last is { Eligible: false };
        var sources = failed ? (found.Count > 0 ? found : ["申报和调查的收入、财产"]) : differing;
        return new JsonObject
        {
            ["conclusion"] = failed ? "家庭经济状况不符合规定条件" : "核对信息与申报情况不一致",
            ["sources"] = new JsonArray([.. sources.Select(s => (JsonNode)s)]),
            ["asOf"] = DocumentModels.Date(clock.Today),
            ["explainBy"] = await LastDayAsync("dibao.verification.objection.days", cancellationToken),
        };
    }

    private async Task<JsonObject> OpinionAsync(StepForms steps, CancellationToken cancellationToken)
    {
        var draft = steps.Last("opinion-draft");
        var survey = steps.Last("survey");
        var names = new List<string>();
        foreach (var account in new[] { survey?.CompletedBy, survey?.SecondPersonId }.OfType<Id<Account>>())
        {
            names.Add(await work.Set<Account>().Where(a => a.Id == account).Select(a => a.DisplayName).FirstAsync(cancellationToken));
        }

        return new JsonObject
        {
            ["propose"] = draft?.Outcome == "Grant",
            ["reason"] = draft?.Outcome == "Grant" ? null : draft?.Comment,
            ["surveyors"] = names.Count == 0 ? null : string.Join('、', names),
            ["surveyedOn"] = survey?.EndedAt is { } at ? DocumentModels.Date(BusinessTime.DayOf(at)) : null,
        };
    }

    private async Task<JsonObject> NoticeAsync(string rule, CancellationToken cancellationToken)
    {
        var period = (await policy.BookAsync(cancellationToken)).Period(rule, clock.Today);
        return new JsonObject { ["days"] = period.Count, ["endsOn"] = await LastDayAsync(rule, cancellationToken) };
    }

    /// <summary>公示情况证明: where and how long it hung, what was said against it, and the photographs.</summary>
    private async Task<JsonObject> NoticeProofAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var notice = await work.Set<PublicNotice>().Where(n => n.CaseId == caseFile.Id)
            .OrderByDescending(n => n.PostedOn).ThenByDescending(n => n.Id).FirstAsync(cancellationToken);
        var period = (await policy.BookAsync(cancellationToken)).Period("notice.dibao.days", notice.PostedOn);
        return new JsonObject
        {
            ["postedOn"] = DocumentModels.Date(notice.PostedOn),
            ["endsOn"] = DocumentModels.Date(notice.EndsOn),
            ["days"] = period.Count,
            ["members"] = notice.Members,
            ["amount"] = notice.ProposedAmount?.ToString() ?? "",
            ["objections"] = await work.Set<Objection>().CountAsync(o => o.CaseId == caseFile.Id, cancellationToken),
            ["startPhoto"] = notice.StartPhotoHash is not null,
            ["endPhoto"] = notice.EndPhotoHash is not null,
        };
    }

    private static JsonObject Appraisal(StepForms steps)
    {
        var form = StepForms.Form(steps.Last("renewed-investigation"));
        return new JsonObject
        {
            ["participants"] = form.Text("participants"),
            ["votesFor"] = form.Whole("votesFor") ?? 0,
            ["votesAgainst"] = form.Whole("votesAgainst") ?? 0,
            ["measures"] = form.Text("measures") ?? "",
            ["upheld"] = form.Flag("upheld"),
        };
    }

    private async Task<JsonObject> ObjectionAsync(Case caseFile, StepForms steps, CancellationToken cancellationToken)
    {
        var objection = await work.Set<Objection>().Where(o => o.CaseId == caseFile.Id).OrderByDescending(o => o.ReceivedAt).FirstAsync(cancellationToken);
        var form = StepForms.Form(steps.Last("renewed-investigation"));
        return new JsonObject
        {
            ["receiptNumber"] = objection.ReceiptNumber,
            ["receivedOn"] = DocumentModels.Date(BusinessTime.DayOf(objection.ReceivedAt)),
            ["objectorName"] = objection.ObjectorName,
            ["upheld"] = form.Flag("upheld"),
            ["measures"] = form.Text("method") == "appraisal" ? "重新调查、组织民主评议" : "重新入户调查、走访邻里",
        };
    }

    private async Task<JsonObject> ConfirmationFormAsync(Case caseFile, StepForms steps, CancellationToken cancellationToken)
    {
        var rule = await work.Set<Authority.AuthorityEvaluation>()
            .Where(e => e.CaseId == caseFile.Id).OrderByDescending(e => e.At).Select(e => e.RuleCode).FirstOrDefaultAsync(cancellationToken);
        return new JsonObject
        {
            ["decision"] = OutcomeNames.Of(steps.Last("confirmation")?.Outcome ?? ""),
            ["rule"] = rule,
            ["remark"] = null,
        };
    }

    private async Task<JsonObject> ConfirmationAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var book = await policy.BookAsync(cancellationToken);
        var account = await work.Set<Person>().Where(p => p.Id == caseFile.ApplicantId).Select(p => p.BankAccount).FirstAsync(cancellationToken);
        return new JsonObject
        {
            ["reviewMonths"] = book.Months(PolicyKeys.ReviewInterval(caseFile.ReviewClass ?? "A"), clock.Today),
            ["reportDays"] = book.Period("dibao.changeReport.days", clock.Today).Count,
            ["accountTail"] = account is { Length: > 4 } ? account[^4..] : null,
        };
    }

    private async Task<JsonObject> RefusalAsync(Case caseFile, StepForms steps, CancellationToken cancellationToken)
    {
        var preview = await assessments.PreviewAsync(caseFile, cancellationToken);
        return new JsonObject { ["reason"] = steps.Last("confirmation")?.Comment, ["borderlineOffered"] = preview.BorderlineOffered };
    }

    private async Task<JsonObject> ReviewAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var schedule = await work.Set<ReviewSchedule>()
            .Where(r => r.CaseId == caseFile.Id && r.ConcludedAt == null).FirstOrDefaultAsync(cancellationToken);
        return new JsonObject
        {
            ["dueOn"] = DocumentModels.Date(schedule?.DueMonth.LastDay ?? Month.Of(clock.Today).LastDay),
            ["materials"] = new JsonArray("近12个月收入证明", "银行账户流水", "家庭成员变化的证明"),
        };
    }

    private async Task<JsonObject> ProposedStopAsync(Case caseFile, StepForms steps, CancellationToken cancellationToken)
    {
        var handling = steps.Last("change-handling");
        var reduce = handling?.Outcome == "Reduce";
        var last = await assessments.LastAsync(caseFile.Id, cancellationToken);
        return new JsonObject
        {
            ["kind"] = reduce ? "reduction" : "stop",
            ["facts"] = handling?.Comment ?? "",
            ["newAmount"] = reduce ? last?.Amount.ToString() : null,
            ["heardBy"] = await LastDayAsync("dibao.hearing.days", cancellationToken),
        };
    }

    private async Task<JsonObject> ChangeAsync(Case caseFile, StepForms steps, CancellationToken cancellationToken)
    {
        var terms = await work.Set<BenefitTerm>().Where(t => t.CaseId == caseFile.Id).OrderBy(t => t.From).ThenBy(t => t.Id).ToListAsync(cancellationToken);
        var now = terms[^1];
        var before = terms.Count > 1 ? terms[^2].MonthlyAmount : Money.Zero;
        return new JsonObject
        {
            ["kind"] = now.MonthlyAmount >= before ? "increase" : "reduction",
            ["facts"] = steps.Last("change-handling")?.Comment ?? "",
            ["oldAmount"] = before.ToString(),
            ["newAmount"] = now.MonthlyAmount.ToString(),
            ["fromMonth"] = DocumentModels.MonthText(now.From),
            ["heard"] = Heard(steps),
        };
    }

    private async Task<JsonObject> StopAsync(Case caseFile, StepForms steps, CancellationToken cancellationToken)
    {
        var last = await work.Set<BenefitTerm>()
            .Where(t => t.CaseId == caseFile.Id).OrderByDescending(t => t.From).ThenByDescending(t => t.Id).Select(t => t.To).FirstAsync(cancellationToken);
        var gradual = steps.Last("change-handling")?.Outcome == "GradualExit";
        return new JsonObject
        {
            ["facts"] = steps.Last("change-handling")?.Comment ?? "",
            ["fromMonth"] = DocumentModels.MonthText((last ?? Month.Of(clock.Today)).Plus(1)),
            ["heard"] = Heard(steps),
            ["gradualUntil"] = gradual && last is { } until ? DocumentModels.MonthText(until) : null,
        };
    }

    private static string? Heard(StepForms steps) => steps.Last("hearing") is { } hearing
        ? $"您提出了陈述意见：{StepForms.Form(hearing).Text("statement")}"
        : steps.Last("change-handling")?.Outcome == "Increase" ? null : "您在期限内没有提出不同意见";

    private async Task<string> LastDayAsync(string key, CancellationToken cancellationToken)
    {
        var period = (await policy.BookAsync(cancellationToken)).Period(key, clock.Today);
        return DocumentModels.Date((await policy.ClockAsync(cancellationToken)).DueOn(clock.Today, period.Count, period.Unit));
    }

    private static string? IsoDate(string? iso) => DateOnly.TryParseExact(
        iso, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day)
        ? DocumentModels.Date(day)
        : null;

    private async Task<StepForms> StepsAsync(Procedure procedure, CancellationToken cancellationToken)
    {
        await work.SaveChangesAsync(cancellationToken);
        return new StepForms(await work.Set<WorkTask>()
            .Where(t => t.ProcedureId == procedure.Id && t.State == WorkTaskState.Completed)
            .ToListAsync(cancellationToken));
    }

    private sealed class StepForms(List<WorkTask> done)
    {
        public WorkTask? Last(string step) => done.Where(t => t.Step == step).OrderBy(t => t.EndedAt).ThenBy(t => t.Id).LastOrDefault();

        public WorkTask? SignatureOf(WorkTask signed) =>
            done.Where(t => t.SignsTaskId == signed.Id && t.Outcome == SecondSignatureRule.Confirms).OrderBy(t => t.EndedAt).ThenBy(t => t.Id).LastOrDefault();

        public static JsonObject Form(WorkTask? task) => CaseJson.ReadObject(task?.FormJson);
    }
}
