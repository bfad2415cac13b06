using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Verification;

/// <summary>
/// 核对: requests to the platform and what it answers (domain L). A request is stored in the step and sent after the commit,
/// idempotent by its id. Answers come in by <see cref="ReceiveAsync"/>; a late one never changes a decision.
/// </summary>
public sealed class VerificationService(
    IStepRunner steps,
    IUnitOfWork work,
    ILocks locks,
    IAuditTrail audit,
    IBusinessClock clock,
    TimeProvider machine,
    ICaseWorkflow workflow,
    HouseholdRegistry registry,
    StepContext step)
{
    /// <summary>Stimulus that a complete answer sends to the procedure; its key is the request's id.</summary>
    public const string CompletedStimulus = "verification.completed";

    /// <summary>Months for which a report may be used for a decision (local choice, domain L).</summary>
    private const int ReportValidMonths = 3;

    /// <summary>Stores the intent to ask. The authorisations were asked for when the application came in. Acts in the current step.</summary>
    public async Task<VerificationRequest> RequestAsync(Case caseFile, Id<Procedure> procedure, string purpose, CancellationToken cancellationToken)
    {
        var request = new VerificationRequest
        {
            CaseId = caseFile.Id,
            ProcedureId = procedure,
            Purpose = purpose,
            RequestedAt = clock.Now,
            NextTryAt = machine.GetUtcNow(),
        };
        work.Set<VerificationRequest>().Add(request);
        await RecheckAsync(procedure, cancellationToken);
        await audit.AppendAsync(
            caseFile.Id, step.Actor, "verification.request", new JsonObject { ["request"] = request.Id.ToString(), ["purpose"] = purpose }, cancellationToken);
        return request;
    }

    /// <summary>The request of a procedure that was made last.</summary>
    public async Task<VerificationRequest> LastRequestAsync(Id<Procedure> procedure, CancellationToken cancellationToken)
    {
        await work.SaveChangesAsync(cancellationToken);
        return await work.Set<VerificationRequest>()
            .Where(r => r.ProcedureId == procedure)
            .OrderByDescending(r => r.RequestedAt)
            .FirstAsync(cancellationToken);
    }

    /// <summary>
    /// Takes in an answer of the platform: the JSON of domain L, whose persons are named by their registry id. The same answer
    /// may come twice. A complete answer resumes the procedure; one for an overtaken request only leaves a lead.
    /// </summary>
    /// <returns>Whether a wait was resumed.</returns>
    /// <exception cref="InvalidInputException">The answer does not fit a request.</exception>
    public Task<bool> ReceiveAsync(Actor actor, JsonObject answer, CancellationToken cancellationToken) =>
        steps.RunOnAsync<VerificationService, bool>(
            new Step("verification.receive", actor, null),
            (service, token) => service.ReceiveInStepAsync(answer, token),
            cancellationToken);

    /// <summary>The human goes on without the missing answers. Acts in the current step.</summary>
    public async Task OvertakeAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var open = await work.Set<VerificationRequest>()
            .Where(r => r.CaseId == caseFile.Id && (r.State == VerificationState.Pending || r.State == VerificationState.Accepted || r.State == VerificationState.Partial))
            .ToListAsync(cancellationToken);
        foreach (var request in open)
        {
            request.State = VerificationState.Overtaken;
            await audit.AppendAsync(
                caseFile.Id, step.Actor, "verification.overtake", new JsonObject { ["request"] = request.Id.ToString() }, cancellationToken);
        }
    }

    /// <summary>
    /// Settles the differences of a case line by line, as the handler's form says: <c>lines</c> of <c>{result, settlement,
    /// reason}</c>. Lines settled as <c>found</c> replace what was declared. Acts in the current step.
    /// </summary>
    /// <exception cref="InvalidInputException">A line is open, or settled without a reason.</exception>
    public async Task SettleAsync(Case caseFile, JsonObject form, CancellationToken cancellationToken)
    {
        var lines = form.Objects("lines").ToDictionary(l => l.Text("result") ?? "", StringComparer.Ordinal);
        var results = await work.Set<VerificationResult>().Where(r => r.CaseId == caseFile.Id).ToListAsync(cancellationToken);
        foreach (var result in results.Where(IsDifference))
        {
            if (!lines.TryGetValue(result.Id.ToString(), out var line))
            {
                throw new InvalidInputException("lines", $"还有核对差异没有处理：{VerificationNames.Source(result.Source)}（{VerificationNames.Item(result.ItemKind)}）。");
            }

            result.Settlement = line.Text("settlement") ?? throw new InvalidInputException("lines", "请选择每条差异的处理方式。");
            result.SettlementReason = line.Text("reason") ?? throw new InvalidInputException("lines", "请写明每条差异的处理理由。");
            if (result.Settlement == "found" && result.Status == "found")
            {
                TakeFound(result);
            }
        }

        await audit.AppendAsync(
            caseFile.Id, step.Actor, "verification.settle", new JsonObject { ["lines"] = lines.Count }, cancellationToken);
    }

    /// <summary>Whether a line shows something else than was declared and is not settled yet.</summary>
    public static bool IsDifference(VerificationResult result) =>
        result is { Status: "found", Settlement: null, Declared: { } declared } && declared != result.Amount
        || result is { Status: "found", Settlement: null, Declared: null } && result.Amount > Money.Zero;

    /// <summary>A second request of the procedure is a recheck: what the first one showed is settled by what it will show.</summary>
    private async Task RecheckAsync(Id<Procedure> procedure, CancellationToken cancellationToken)
    {
        var earlier = await work.Set<VerificationRequest>().Where(r => r.ProcedureId == procedure).Select(r => r.Id).ToListAsync(cancellationToken);
        var open = await work.Set<VerificationResult>().Where(r => earlier.Contains(r.RequestId) && r.Settlement == null).ToListAsync(cancellationToken);
        foreach (var result in open.Where(IsDifference))
        {
            (result.Settlement, result.SettlementReason) = ("rechecked", "申请人提出异议并提供证明，已提请复核");
        }
    }

    private async Task<bool> ReceiveInStepAsync(JsonObject answer, CancellationToken cancellationToken)
    {
        if (!Id<VerificationRequest>.TryParse(answer.Text("requestId"), out var id))
        {
            throw new InvalidInputException("requestId", "缺少核对请求编号。");
        }

        var caseId = await work.Set<VerificationRequest>().Where(r => r.Id == id).Select(r => (Id<Case>?)r.CaseId).FirstOrDefaultAsync(cancellationToken)
            ?? throw new InvalidInputException("requestId", "没有这条核对请求。");
        await locks.LockCaseAsync(caseId, cancellationToken);
        var request = await work.Set<VerificationRequest>().FirstAsync(r => r.Id == id, cancellationToken);
        if (request.State is VerificationState.Complete or VerificationState.Failed)
        {
            return false;
        }

        request.PlatformNumber = answer.Text("platformNumber") ?? request.PlatformNumber;
        await TakeResultsAsync(request, answer, cancellationToken);
        if (request.State == VerificationState.Overtaken)
        {
            await audit.AppendAsync(
                caseId, step.Actor, "verification.late-answer", new JsonObject { ["request"] = id.ToString(), ["lead"] = true }, cancellationToken);
            return false;
        }

        request.State = answer.Text("status") switch
        {
            "accepted" => VerificationState.Accepted,
            "partial" => VerificationState.Partial,
            "complete" => VerificationState.Complete,
            "rejected" => VerificationState.Failed,
            var other => throw new InvalidInputException("status", $"不认识的核对状态“{other}”。"),
        };
        return request.State is VerificationState.Complete or VerificationState.Failed
            && await ConcludeAsync(request, answer, cancellationToken);
    }

    private async Task<bool> ConcludeAsync(VerificationRequest request, JsonObject answer, CancellationToken cancellationToken)
    {
        request.ReportedAt = clock.Now;
        request.Conclusion = answer.Text("conclusion") ?? "undetermined";
        request.ValidTo = DateOnly.TryParseExact(answer.Text("validTo"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var validTo)
            ? validTo
            : clock.Today.AddMonths(ReportValidMonths);
        await audit.AppendAsync(
            request.CaseId,
            step.Actor,
            "verification.report",
            new JsonObject { ["request"] = request.Id.ToString(), ["conclusion"] = request.Conclusion, ["state"] = request.State.ToString() },
            cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        var payload = new JsonObject { ["conclusion"] = request.Conclusion, ["state"] = request.State.ToString() };
        return await workflow.SignalAsync(request.CaseId, CompletedStimulus, request.Id.ToString(), payload, cancellationToken) > 0;
    }

    private async Task TakeResultsAsync(VerificationRequest request, JsonObject answer, CancellationToken cancellationToken)
    {
        var household = await work.Set<Case>().Where(c => c.Id == request.CaseId).Select(c => c.HouseholdId).FirstAsync(cancellationToken);
        var members = household is { } id ? await registry.CurrentMembersAsync(id, cancellationToken) : [];
        var known = await work.Set<VerificationResult>().Where(r => r.RequestId == request.Id).ToListAsync(cancellationToken);
        foreach (var entry in answer.Objects("results"))
        {
            if (!Id<Person>.TryParse(entry.Text("ref"), out var person) || !members.Contains(person))
            {
                throw new InvalidInputException("results/ref", "核对结果中的人员不属于这个家庭。");
            }

            var source = entry.Text("source") ?? "";
            if (known.Exists(k => k.PersonId == person && k.Source == source))
            {
                continue;
            }

            await AddResultsAsync(request, person, source, entry, cancellationToken);
        }
    }

    private async Task AddResultsAsync(
        VerificationRequest request, Id<Person> person, string source, JsonObject entry, CancellationToken cancellationToken)
    {
        var items = entry.Objects("items").ToList();
        foreach (var item in items.Count > 0 ? items : [[]])
        {
            var kind = item.Text("kind") ?? "";
            var amount = item.Fen("amountFen") ?? Money.Zero;
            work.Set<VerificationResult>().Add(new VerificationResult
            {
                RequestId = request.Id,
                CaseId = request.CaseId,
                PersonId = person,
                Source = source,
                Status = entry.Text("status") ?? "unavailable",
                ItemKind = kind,
                Amount = amount,
                Declared = kind.Length == 0 ? null : await DeclaredAsync(person, kind, cancellationToken),
                At = clock.Now,
            });
        }
    }

    private async Task<Money?> DeclaredAsync(Id<Person> person, string kind, CancellationToken cancellationToken)
    {
        if (IncomeOf(kind) is { } income)
        {
            var sums = await work.Set<IncomeFact>()
                .Where(i => i.PersonId == person && i.Kind == income && i.SupersededAt == null)
                .Select(i => i.YearlyAmount)
                .ToListAsync(cancellationToken);
            return sums.Count == 0 ? null : sums.Aggregate(Money.Zero, (sum, amount) => sum + amount);
        }

        var assets = await work.Set<PropertyFact>()
            .Where(i => i.PersonId == person && i.Kind == PropertyKind.FinancialAsset && i.SupersededAt == null)
            .Select(i => i.Amount)
            .ToListAsync(cancellationToken);
        return assets.Count == 0 ? null : assets.Aggregate(Money.Zero, (sum, amount) => sum + amount);
    }

    private void TakeFound(VerificationResult result)
    {
        if (IncomeOf(result.ItemKind) is { } kind)
        {
            foreach (var older in work.Set<IncomeFact>().Where(i => i.PersonId == result.PersonId && i.Kind == kind && i.SupersededAt == null))
            {
                older.SupersededAt = clock.Now;
            }

            work.Set<IncomeFact>().Add(new IncomeFact
            {
                PersonId = result.PersonId,
                Kind = kind,
                YearlyAmount = result.Amount,
                Note = "核对查实",
                Source = FactSource.Settled,
                ValidFrom = clock.Today,
                KnownAt = clock.Now,
            });
            return;
        }

        foreach (var older in work.Set<PropertyFact>().Where(i => i.PersonId == result.PersonId && i.Kind == PropertyKind.FinancialAsset && i.SupersededAt == null))
        {
            older.SupersededAt = clock.Now;
        }

        work.Set<PropertyFact>().Add(new PropertyFact
        {
            PersonId = result.PersonId,
            Kind = PropertyKind.FinancialAsset,
            Amount = result.Amount,
            Note = "核对查实",
            Source = FactSource.Settled,
            ValidFrom = clock.Today,
            KnownAt = clock.Now,
        });
    }

    private static IncomeKind? IncomeOf(string itemKind) => itemKind switch
    {
        "wage" => IncomeKind.Wage,
        "business" => IncomeKind.NetBusiness,
        "rent" => IncomeKind.NetProperty,
        "pension" => IncomeKind.NetTransfer,
        _ => null,
    };
}
