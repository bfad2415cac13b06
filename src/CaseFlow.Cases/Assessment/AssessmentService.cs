using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Assessment;

/// <summary>Assesses the household of a case by the rows that are held true now, and keeps each calculation for the file.</summary>
public sealed class AssessmentService(IUnitOfWork work, IAuditTrail audit, IBusinessClock clock, PolicyDesk policy, StepContext step)
{
    /// <summary>Assesses and stores: eligibility by today's standard, amount by that of the month after. Acts in the current step.</summary>
    public async Task<AssessmentRecord> AssessAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var result = await PreviewAsync(caseFile, cancellationToken);
        var record = new AssessmentRecord
        {
            CaseId = caseFile.Id,
            AsOf = clock.Today,
            Eligible = result.Eligible,
            Amount = result.Amount,
            Members = result.Members,
            YearlyIncomeFen = result.YearlyIncomeFen,
            LinesJson = result.LinesJson(),
            RefusalGround = result.RefusalGround,
            At = clock.Now,
        };
        work.Set<AssessmentRecord>().Add(record);
        await audit.AppendAsync(
            caseFile.Id,
            step.Actor,
            "assessment.record",
            new JsonObject { ["assessment"] = record.Id.ToString(), ["eligible"] = record.Eligible, ["fen"] = record.Amount.Fen, ["ground"] = record.RefusalGround },
            cancellationToken);
        return record;
    }

    /// <summary>Whether the last stored calculation still holds by today's facts and standards.</summary>
    public async Task<bool> IsCurrentAsync(Case caseFile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caseFile);
        var now = await PreviewAsync(caseFile, cancellationToken);
        return await LastAsync(caseFile.Id, cancellationToken) is { } last
            && last.Eligible == now.Eligible && last.Amount == now.Amount && last.Members == now.Members;
    }

    /// <summary>The calculation as it would be now; nothing is stored.</summary>
    public async Task<AssessmentResult> PreviewAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(caseFile, cancellationToken);
        return DibaoAssessment.Assess(await policy.BookAsync(cancellationToken), facts, clock.Today, Month.Of(clock.Today).Plus(1));
    }

    /// <summary>The last calculation of a case; null if there is none.</summary>
    public async Task<AssessmentRecord?> LastAsync(Id<Case> caseId, CancellationToken cancellationToken)
    {
        var fresh = work.Set<AssessmentRecord>().Local.Where(a => a.CaseId == caseId).MaxBy(a => a.At);
        return fresh ?? await work.Set<AssessmentRecord>()
            .Where(a => a.CaseId == caseId)
            .OrderByDescending(a => a.At)
            .ThenByDescending(a => a.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What is held true of the household today.</summary>
    public async Task<HouseholdFacts> FactsAsync(Case caseFile, CancellationToken cancellationToken)
    {
        await work.SaveChangesAsync(cancellationToken);
        return await HouseholdFactsReader.ReadAsync(work, caseFile, clock.Today, cancellationToken);
    }
}
