using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Sql;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Steps;

/// <summary>The locks of one step, in their order; what was read before a lock is read again after it.</summary>
internal sealed class Locks(CaseFlowDbContext db) : ILocks
{
    private readonly HashSet<(Rank Rank, string Key)> held = [];
    private (Rank Rank, string Key) highest = (Rank.None, "");

    private enum Rank
    {
        None,
        Case,
        Person,
        Reserve,
        Series,
    }

    /// <summary>The case that this step works on: the first that it locked.</summary>
    public Id<Case>? LockedCase { get; private set; }

    /// <summary>Whether this step holds the lock of a case.</summary>
    public bool Holds(Id<Case> caseId) => held.Contains((Rank.Case, caseId.ToString()));

    /// <inheritdoc/>
    public async Task LockCaseAsync(Id<Case> caseId, CancellationToken cancellationToken)
    {
        if (Take(Rank.Case, caseId.ToString()))
        {
            LockedCase ??= caseId;
            await LockSql.CaseAsync(db, caseId.Value, cancellationToken);
            await RefreshAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryLockCaseAsync(Id<Case> caseId, CancellationToken cancellationToken)
    {
        if (!Take(Rank.Case, caseId.ToString()))
        {
            return true;
        }

        if (!await LockSql.TryCaseAsync(db, caseId.Value, cancellationToken))
        {
            held.Remove((Rank.Case, caseId.ToString()));
            return false;
        }

        LockedCase ??= caseId;
        await RefreshAsync(cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public async Task LockPersonsAsync(IEnumerable<Id<Person>> persons, CancellationToken cancellationToken)
    {
        var taken = false;
        foreach (var person in persons.Distinct().Order())
        {
            if (Take(Rank.Person, person.ToString()))
            {
                taken = true;
                await LockSql.PersonAsync(db, person.Value, cancellationToken);
            }
        }

        if (taken)
        {
            await RefreshAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task LockReserveAsync(Id<ReserveFund> reserve, CancellationToken cancellationToken)
    {
        if (Take(Rank.Reserve, reserve.ToString()))
        {
            await LockSql.ReserveAsync(db, reserve.Value, cancellationToken);
            await RefreshAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<int> NextNumberAsync(string bodyCode, string kind, int year, CancellationToken cancellationToken)
    {
        RequireStep();
        if (highest.Rank <= Rank.Series)
        {
            highest = (Rank.Series, "");
        }

        return await LockSql.NextNumberAsync(db, bodyCode, kind, year, cancellationToken);
    }

    private bool Take(Rank rank, string key)
    {
        RequireStep();
        if (held.Contains((rank, key)))
        {
            return false;
        }

        if (rank < highest.Rank || (rank == highest.Rank && string.CompareOrdinal(key, highest.Key) < 0))
        {
            throw new InvalidOperationException(
                $"{rank} {key} would be locked after {highest.Rank} {highest.Key}. Locks are taken in the order case, persons, reserve, number series, each by id.");
        }

        held.Add((rank, key));
        highest = (rank, key);
        return true;
    }

    private void RequireStep()
    {
        if (!db.InStep)
        {
            throw new InvalidOperationException("A lock lives as long as a step; there is none.");
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (db is SqliteCaseFlowDbContext)
        {
            return;
        }

        db.PolicyStamp = null;
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State == EntityState.Unchanged).ToList())
        {
            await entry.ReloadAsync(cancellationToken);
        }
    }
}
