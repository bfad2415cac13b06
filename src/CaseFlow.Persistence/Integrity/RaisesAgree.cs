using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Raises;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>
/// What two people approved after a raise of the standard is what was carried out: the lines are those of the hash, the two are
/// two, and each changed household has a term with the approved amount.
/// </summary>
internal sealed class RaisesAgree : IIntegrityRule
{
    private const string Area = "raises";

    /// <inheritdoc/>
    public string Counts => "raised households";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var raises = await db.Set<StandardRaise>().AsNoTracking().OrderBy(r => r.Number).ToListAsync(cancellationToken);
        var lines = await db.Set<StandardRaiseLine>().AsNoTracking().ToListAsync(cancellationToken);
        var terms = (await db.Set<BenefitTerm>().AsNoTracking()
            .Where(t => db.Set<StandardRaiseLine>().Any(l => l.CaseId == t.CaseId))
            .ToListAsync(cancellationToken)).ToLookup(t => t.CaseId);
        foreach (var raise in raises)
        {
            if (Fault(raise, [.. lines.Where(l => l.RaiseId == raise.Id)], terms) is { } fault)
            {
                findings.Add(new IntegrityFinding(Area, raise.Number, fault));
                break;
            }
        }

        return lines.Count;
    }

    private static string? Fault(StandardRaise raise, List<StandardRaiseLine> lines, ILookup<Id<Case>, BenefitTerm> terms) => raise switch
    {
        { State: StandardRaiseState.Draft } => lines.Count > 0 ? "A preview has stored lines." : null,
        _ when RaiseSheet.Fingerprint(raise, lines) != raise.Hash => "The lines are no longer those that were approved: the hash differs.",
        { SignedBy: { } signed } when signed == raise.ApprovedBy => "Both approvers are one person.",
        { State: not StandardRaiseState.Approved, SignedBy: null } when lines.Count > 0 => "Nobody has signed it.",
        { State: StandardRaiseState.Done } when lines.Exists(l => l.State is RaiseLineState.Pending) => "It is done, and a household is still to be changed.",
        _ => lines.Where(l => l.State is RaiseLineState.Applied && !terms[l.CaseId].Any(t => t.Programme == raise.Programme && t.MonthlyAmount == l.After))
            .Select(l => $"Line {l.Sequence} was changed to {l.After}, and no term says so.").FirstOrDefault(),
    };
}
