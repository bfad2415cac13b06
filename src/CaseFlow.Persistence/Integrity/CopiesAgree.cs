using System.Text.Json;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>
/// What stands twice says the same: a term and the amount of its case what the act that decided it says, a stored calculation
/// what was recorded of it and what its own lines come to. The audit's chains are what the others are held against.
/// </summary>
internal sealed class CopiesAgree : IIntegrityRule
{
    private static readonly string[] Decisions = ["benefit.start", "benefit.change", "benefit.raise"];

    /// <inheritdoc/>
    public string Counts => "benefit terms and calculations";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken) =>
        await CheckTermsAsync(db, findings, cancellationToken) + await CheckCalculationsAsync(db, findings, cancellationToken);

    private static async Task<long> CheckTermsAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var acts = (await DetailsAsync(db, a => Decisions.Contains(a.Action), cancellationToken))
            .ToLookup(a => a.Case, a => new Term(a.Details.GetProperty("programme").GetString()!, a.Details.GetProperty("from").GetString()!, a.Details.GetProperty("fen").GetInt64(), IsOpen(a.Details)));
        var terms = (await db.Set<BenefitTerm>().AsNoTracking().ToListAsync(cancellationToken))
            .ToLookup(t => t.CaseId, t => new Term(t.Programme, t.From.ToString(), t.MonthlyAmount.Fen, t.To is null));
        var cases = await db.Set<Case>().AsNoTracking().OrderBy(c => c.Number).Select(c => new { c.Id, c.Number, c.MonthlyAmount }).ToListAsync(cancellationToken);
        var count = 0L;
        foreach (var one in cases)
        {
            count += terms[one.Id].LongCount();
            if (!terms[one.Id].Select(t => t.Key).Order(StringComparer.Ordinal).SequenceEqual(acts[one.Id].Select(t => t.Key).Order(StringComparer.Ordinal), StringComparer.Ordinal))
            {
                findings.Add(new IntegrityFinding("benefit-term", one.Number, "The terms are not those that the acts decided."));
                break;
            }

            var decided = acts[one.Id].LastOrDefault(a => a.WasOpen)?.Fen;
            if (one.MonthlyAmount?.Fen != decided)
            {
                findings.Add(new IntegrityFinding("case-amount", one.Number, $"The case says {Yuan(one.MonthlyAmount?.Fen)}, the last decision {Yuan(decided)}."));
                break;
            }
        }

        return count;
    }

    private static async Task<long> CheckCalculationsAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        // A raise of the standard names its calculations in the act that uses them.
        var recorded = (await DetailsAsync(db, a => a.Action == "assessment.record" || a.Action == "benefit.raise", cancellationToken))
            .ToDictionary(a => a.Details.GetProperty("assessment").GetString()!, a => a.Details, StringComparer.Ordinal);
        var count = 0L;
        await foreach (var row in db.Set<AssessmentRecord>().AsNoTracking().OrderBy(a => a.At).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            count++;
            if (Fault(row, recorded) is { } fault)
            {
                findings.Add(new IntegrityFinding("assessment", row.Id.ToString(), fault));
                return count;
            }
        }

        return count;
    }

    private static string? Fault(AssessmentRecord row, Dictionary<string, JsonElement> recorded)
    {
        if (!recorded.TryGetValue(row.Id.ToString(), out var act))
        {
            return "No act recorded this calculation.";
        }

        var eligible = !act.TryGetProperty("eligible", out var said) || said.GetBoolean();
        var ground = act.TryGetProperty("ground", out var why) ? why.GetString() : null;
        if (act.GetProperty("fen").GetInt64() != row.Amount.Fen || eligible != row.Eligible || ground != row.RefusalGround)
        {
            return $"It says {row.Amount}, the act that recorded it {Yuan(act.GetProperty("fen").GetInt64())}, or whether there is a claim differs.";
        }

        try
        {
            // A raise during a gradual exit gives a share of what its lines come to.
            var last = AssessmentResult.ReadLines(row.LinesJson).LastOrDefault(l => l.Code == "amount");
            return row.BaseId is null && last?.Amount is { } amount && amount != row.Amount ? $"Its lines come to {amount}, and not to {row.Amount}." : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            return "Its lines cannot be read.";
        }
    }

    private static async Task<List<(Id<Case> Case, JsonElement Details)>> DetailsAsync(
        CaseFlowDbContext db, System.Linq.Expressions.Expression<Func<AuditEntry, bool>> which, CancellationToken cancellationToken)
    {
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(a => a.CaseId != null).Where(which)
            .OrderBy(a => a.Chain).ThenBy(a => a.Sequence).Select(a => new { a.CaseId, a.Content }).ToListAsync(cancellationToken);
        return entries.ConvertAll(e => (e.CaseId!.Value, JsonElement.Parse(e.Content).GetProperty("details")));
    }

    /// <summary>Whether a decision is about the months to come; a raise may only be about months that have an end already.</summary>
    private static bool IsOpen(JsonElement details) => !details.TryGetProperty("to", out var to) || to.ValueKind == JsonValueKind.Null;

    private static string Yuan(long? fen) => fen is { } amount ? new Money(amount).ToString() : "nothing";

    private sealed record Term(string Programme, string From, long Fen, bool WasOpen)
    {
        public string Key => $"{Programme} {From} {Fen}";
    }
}
