using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using CaseFlow.Persistence.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CaseFlow.Persistence.Context;

/// <summary>Reads the stamp of the policy, and renews it whenever a row that belongs to the policy is saved, whoever saves it.</summary>
internal sealed class PolicyStamps(CaseFlowDbContext db) : IPolicyStamp
{
    private static readonly HashSet<Type> Rows =
    [
        typeof(PolicyFigure),
        typeof(PolicyText),
        typeof(AuthorityRule),
        typeof(CalendarDay),
        typeof(CalendarYear),
        typeof(OrganisationUnit),
        typeof(DocumentTemplate),
        typeof(CaseTypeVersion),
    ];

    /// <inheritdoc/>
    public async ValueTask<Guid> SeenAsync(CancellationToken cancellationToken) => db.PolicyStamp ?? await ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<Guid> ReadAsync(CancellationToken cancellationToken)
    {
        var stamp = await db.Set<PolicyStamp>().AsNoTracking().Select(row => row.Value).SingleOrDefaultAsync(cancellationToken);
        db.PolicyStamp = stamp;
        return stamp;
    }

    /// <summary>Renews the stamp in the transaction that is about to change the policy.</summary>
    public static async Task RenewAsync(CaseFlowDbContext db, CancellationToken cancellationToken)
    {
        if (Changes(db.ChangeTracker))
        {
            var fresh = Guid.NewGuid();
            await PolicyStampSql.StoreAsync(db, fresh, cancellationToken);
            db.PolicyStamp = fresh;
        }
    }

    /// <inheritdoc cref="RenewAsync"/>
    public static void Renew(CaseFlowDbContext db)
    {
        if (Changes(db.ChangeTracker))
        {
            var fresh = Guid.NewGuid();
            PolicyStampSql.Store(db, fresh);
            db.PolicyStamp = fresh;
        }
    }

    private static bool Changes(ChangeTracker tracker) => tracker.Entries().Any(entry =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && Rows.Contains(entry.Metadata.ClrType));
}
