using CaseFlow.Persistence.Context;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CaseFlow.Persistence.Sql;

/// <summary>
/// The engine's store inside a step: the burst commits with the step or not at all. Reading is possible outside of one.
/// </summary>
internal sealed class WorkflowStore(CaseFlowDbContext db) : IWorkflowStore
{
    private readonly Dictionary<string, int> revisions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<IAsyncDisposable> LockAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (db is not SqliteCaseFlowDbContext)
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            await WorkflowSql.LockAsync(db.Database.GetDbConnection(), Transaction, instanceId, cancellationToken);
        }

        return UntilTheStepEnds.Instance;
    }

    /// <inheritdoc/>
    public async ValueTask<WorkflowState?> LoadAsync(string instanceId, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (await WorkflowSql.LoadAsync(db.Database.GetDbConnection(), Transaction, instanceId, cancellationToken) is not { } found)
        {
            return null;
        }

        revisions[instanceId] = found.Revision;
        return found.State;
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(WorkflowBurst burst, CancellationToken cancellationToken)
    {
        if (!db.InStep)
        {
            throw new InvalidOperationException("A burst is stored in a step (IStepRunner), never outside of one.");
        }

        var id = burst.State.InstanceId;
        await WorkflowSql.SaveAsync(db.Database.GetDbConnection(), Transaction, burst, revisions.GetValueOrDefault(id), cancellationToken);
        revisions[id] = burst.IsNew ? 1 : revisions[id] + 1;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredBookmark>> FindBookmarksAsync(BookmarkQuery query, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        return await WorkflowSql.FindAsync(db.Database.GetDbConnection(), Transaction, query, cancellationToken);
    }

    private System.Data.Common.DbTransaction? Transaction => db.Database.CurrentTransaction?.GetDbTransaction();

    private sealed class UntilTheStepEnds : IAsyncDisposable
    {
        public static readonly UntilTheStepEnds Instance = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
