using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Raises;
using CaseFlow.Server.Components;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Raises;

/// <summary>A raise as its page shows it.</summary>
internal sealed record RaiseView(
    StandardRaise Raise, RaiseSheet Sheet, string Hash, IReadOnlyDictionary<Id<Case>, string> Numbers, IReadOnlyDictionary<Id<OrganisationUnit>, string> Bodies);

/// <summary>Reads raises for the pages.</summary>
internal sealed class RaisesReader(IUnitOfWork work, StandardRaises raises)
{
    /// <summary>All raises, the newest first.</summary>
    public Task<List<StandardRaise>> AllAsync(CancellationToken cancellationToken) =>
        work.Set<StandardRaise>().AsNoTracking().OrderByDescending(r => r.From).ThenByDescending(r => r.OpenedAt).ToListAsync(cancellationToken);

    /// <summary>One raise; null where there is none.</summary>
    public async Task<RaiseView?> FindAsync(string number, CancellationToken cancellationToken)
    {
        if (await work.Set<StandardRaise>().AsNoTracking().FirstOrDefaultAsync(r => r.Number == number, cancellationToken) is not { } raise)
        {
            return null;
        }

        var sheet = await raises.ReadAsync(raise, cancellationToken);
        var ids = sheet.Households.Select(h => h.Line.CaseId).ToList();
        var numbers = await work.Set<Case>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Number, cancellationToken);
        var bodies = await work.Set<OrganisationUnit>().Where(o => o.Level == OrganisationLevel.Township).ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        return new RaiseView(raise, sheet, raise.Hash ?? sheet.HashFor(raise), numbers, bodies);
    }
}

/// <summary>How the states of a raise look.</summary>
internal static class RaiseLook
{
    /// <summary>Tone of a state.</summary>
    public static Tone Of(StandardRaiseState state) => state switch
    {
        StandardRaiseState.Draft => Tone.Attention,
        StandardRaiseState.Done => Tone.Good,
        _ => Tone.Info,
    };
}
