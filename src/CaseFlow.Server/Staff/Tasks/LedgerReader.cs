using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>
/// Works the benefit out again whenever a page opens, by the production rules on the facts of now, and sets it beside the
/// calculation that the file holds. Nothing is stored.
/// </summary>
internal sealed class LedgerReader(IUnitOfWork work, IBusinessClock clock, PolicyDesk policy)
{
    /// <summary>The arithmetic; null where the case has no household or was ended.</summary>
    public async Task<LedgerView?> ReadAsync(Case file, CancellationToken cancellationToken)
    {
        var record = await work.Set<AssessmentRecord>().AsNoTracking()
            .Where(a => a.CaseId == file.Id).OrderByDescending(a => a.At).FirstOrDefaultAsync(cancellationToken);
        if (file.HouseholdId is null || file.EndedAt is not null)
        {
            return record is null ? null : OfRecord(record);
        }

        try
        {
            var facts = await HouseholdFactsReader.ReadAsync(work, file, clock.Today, cancellationToken);
            var result = DibaoAssessment.Assess(await policy.BookAsync(cancellationToken), facts, clock.Today, Month.Of(clock.Today).Plus(1));
            return new LedgerView(
                result.Lines, result.Eligible, result.Amount, result.PerCapitaIncome.RoundToFen(), result.Standard, record?.Amount, record?.At);
        }
        catch (RefusedException)
        {
            // A figure or the household is missing: the page says what is on file, the step itself will say what lacks.
            return record is null ? null : OfRecord(record);
        }
    }

    private static LedgerView OfRecord(AssessmentRecord record) => new(
        AssessmentResult.ReadLines(record.LinesJson),
        record.Eligible,
        record.Amount,
        record.Members == 0 ? Money.Zero : new Money(record.YearlyIncomeFen / 12 / record.Members),
        Money.Zero,
        null,
        record.At);
}
