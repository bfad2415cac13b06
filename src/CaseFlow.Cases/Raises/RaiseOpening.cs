using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Raises;

/// <summary>Opens the recalculation when a higher standard is published, and a further run for whoever the last one has not reached.</summary>
public sealed class RaiseOpening(IUnitOfWork work, IBusinessClock clock)
{
    private const string Programme = "dibao";

    /// <summary>
    /// Opens a raise for each area whose standard the published rows make higher, in the step that publishes. Who draws the
    /// programme there is not asked: whoever publishes a standard may see no household.
    /// </summary>
    /// <param name="book">The policy with the rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task OpenForAsync(PolicyBook book, IEnumerable<FigureRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(book);
        foreach (var row in rows.Where(r => r.Key == PolicyKeys.DibaoStandard))
        {
            foreach (var area in row.Area is { } one ? [one] : Enum.GetValues<AreaType>())
            {
                var from = row.ValidFrom.Day == 1 ? Month.Of(row.ValidFrom) : Month.Of(row.ValidFrom).Plus(1);
                var before = book.Find(row.Key, row.ValidFrom.AddDays(-1), area);
                if (before is null || row.Value <= before.Value)
                {
                    continue;
                }

                await AddAsync(New(area, from, new Money(before.Value), new Money(row.Value), row.Source), cancellationToken);
            }
        }
    }

    /// <summary>A further run of the same standard; null while one is under way.</summary>
    public async Task<StandardRaise?> FurtherAsync(StandardRaise raise, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(raise);
        var open = await Same(raise).AnyAsync(r => r.State != StandardRaiseState.Done, cancellationToken);
        return open ? null : await AddAsync(New(raise.AreaType, raise.From, raise.Before, raise.After, raise.Source), cancellationToken);
    }

    private IQueryable<StandardRaise> Same(StandardRaise raise) =>
        work.Set<StandardRaise>().Where(r => r.Programme == raise.Programme && r.AreaType == raise.AreaType && r.From == raise.From);

    private StandardRaise New(AreaType area, Month from, Money before, Money after, string source) => new()
    {
        Programme = Programme,
        AreaType = area,
        From = from,
        Before = before,
        After = after,
        Source = source,
        OpenedAt = clock.Now,
    };

    private async Task<StandardRaise> AddAsync(StandardRaise raise, CancellationToken cancellationToken)
    {
        var run = await Same(raise).CountAsync(cancellationToken) + 1;
        raise.Number = $"TB-{Programme.ToUpperInvariant()}-{raise.AreaType.ToString().ToUpperInvariant()}-{raise.From}-{run}";
        work.Set<StandardRaise>().Add(raise);
        return raise;
    }
}
