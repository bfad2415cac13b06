using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Policy;

/// <summary>
/// What every step asks for and what changes a few times a year, as it stood at one moment. All scopes of a process share it:
/// nobody changes its rows.
/// </summary>
public sealed class PolicySnapshot
{
    private readonly Lazy<AuthorityTable> _authority;

    private PolicySnapshot(PolicyBook book, StatutoryClock clock, Lazy<AuthorityTable> authority) =>
        (Book, Clock, _authority) = (book, clock, authority);

    /// <summary>The state that was read.</summary>
    public required Guid Stamp { get; init; }

    /// <summary>Figures and wordings.</summary>
    public PolicyBook Book { get; }

    /// <summary>The clock that counts periods by the loaded calendars.</summary>
    public StatutoryClock Clock { get; }

    /// <summary>The delegation table.</summary>
    /// <exception cref="InvalidInputException">A row cannot be read.</exception>
    public AuthorityTable Authority => _authority.Value;

    /// <summary>All bodies, by id.</summary>
    public required IReadOnlyDictionary<Id<OrganisationUnit>, OrganisationUnit> Units { get; init; }

    /// <summary>The published versions of all document templates.</summary>
    public required ILookup<string, DocumentTemplate> Templates { get; init; }

    /// <summary>The published version of each case type, by code.</summary>
    public required IReadOnlyDictionary<string, CaseTypeVersion> CaseTypes { get; init; }

    /// <summary>Reads everything; the caller sees to it that nothing changes meanwhile.</summary>
    internal static async Task<PolicySnapshot> ReadAsync(IUnitOfWork work, Guid stamp, CancellationToken cancellationToken)
    {
        var book = await PolicyReader.ReadAsync(work, cancellationToken);
        var rules = await work.Set<AuthorityRule>().AsNoTracking().ToListAsync(cancellationToken);
        var templates = await work.Set<DocumentTemplate>().AsNoTracking()
            .Where(t => t.State == PublicationState.Published).ToListAsync(cancellationToken);
        var caseTypes = await work.Set<CaseTypeVersion>().AsNoTracking()
            .Where(v => v.State == PublicationState.Published).OrderBy(v => v.Number).ToListAsync(cancellationToken);
        var clock = await HolidayCalendarReader.ReadClockAsync(work, cancellationToken);
        return new PolicySnapshot(book, clock, new Lazy<AuthorityTable>(() => new AuthorityTable(rules, book)))
        {
            Stamp = stamp,
            Units = await work.Set<OrganisationUnit>().AsNoTracking().ToDictionaryAsync(o => o.Id, cancellationToken),
            Templates = templates.ToLookup(t => t.Key, StringComparer.Ordinal),
            CaseTypes = caseTypes.GroupBy(v => v.CaseType, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal),
        };
    }
}

/// <summary>Keeps the snapshot that was asked for last; one a process and database.</summary>
public sealed class PolicyShelf
{
    private PolicySnapshot? _last;

    /// <summary>The snapshot of the state that the scope sees.</summary>
    public async Task<PolicySnapshot> ReadAsync(IUnitOfWork work, IPolicyStamp stamps, CancellationToken cancellationToken)
    {
        var stamp = await stamps.SeenAsync(cancellationToken);
        while (true)
        {
            if (Volatile.Read(ref _last) is { } known && known.Stamp == stamp)
            {
                return known;
            }

            // Another transaction may commit a change between two of the reads: then the stamp is another one afterwards.
            var read = await PolicySnapshot.ReadAsync(work, stamp, cancellationToken);
            var now = await stamps.ReadAsync(cancellationToken);
            if (now == stamp)
            {
                Volatile.Write(ref _last, read);
                return read;
            }

            stamp = now;
        }
    }
}
