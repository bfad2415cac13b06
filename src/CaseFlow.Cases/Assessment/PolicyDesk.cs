using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Policy;

namespace CaseFlow.Cases.Assessment;

/// <summary>The policy, the calendar and the bodies as this service scope sees them.</summary>
public sealed class PolicyDesk(IUnitOfWork work, IPolicyStamp stamp, PolicyShelf shelf)
{
    private PolicySnapshot? _snapshot;

    /// <summary>Everything; read from the database only where no scope of this process has met its state before.</summary>
    public async ValueTask<PolicySnapshot> SnapshotAsync(CancellationToken cancellationToken) =>
        _snapshot?.Stamp == await stamp.SeenAsync(cancellationToken)
            ? _snapshot
            : _snapshot = await shelf.ReadAsync(work, stamp, cancellationToken);

    /// <summary>Figures and wordings.</summary>
    public async Task<PolicyBook> BookAsync(CancellationToken cancellationToken) => (await SnapshotAsync(cancellationToken)).Book;

    /// <summary>The clock that counts periods by the loaded calendars.</summary>
    public async Task<StatutoryClock> ClockAsync(CancellationToken cancellationToken) => (await SnapshotAsync(cancellationToken)).Clock;
}
