using System.Text.Json;
using CaseFlow.Cases.Audit;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Workflows;
using CaseFlow.Workflows;
using CaseFlow.Workflows.State;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>
/// The state of each workflow is what its last burst stored; that of one that has not ended can be read and is what its row
/// says of it, and it waits exactly where its bookmarks say.
/// </summary>
internal sealed class WorkflowStatesAreWhole : IIntegrityRule
{
    /// <inheritdoc/>
    public string Counts => "workflow states";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var waits = (await db.Set<WorkflowBookmarkRow>().AsNoTracking().Select(b => new Wait(b.InstanceId, b.Id, b.Hash, b.DueAt)).ToListAsync(cancellationToken))
            .ToLookup(b => b.InstanceId, StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var count = 0L;
        await foreach (var row in db.Set<WorkflowInstanceRow>().AsNoTracking().OrderBy(i => i.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            count++;
            if (Fault(row, [.. waits[row.Id]]) is var (rule, message) && found.Add(rule))
            {
                findings.Add(new IntegrityFinding(rule, row.Id, message));
            }
        }

        return count;
    }

    private static (string Rule, string Message)? Fault(WorkflowInstanceRow row, List<Wait> waits)
    {
        const string State = "workflow-state";
        if (!WorkflowStateHash.Of(row.State).AsSpan().SequenceEqual(row.StateHash))
        {
            return (State, "The stored state is damaged: it does not fit its hash.");
        }

        if (row.Status == nameof(WorkflowStatus.Finished))
        {
            return null;
        }

        WorkflowState state;
        try
        {
            state = StateJson.Read(row.State);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or FormatException)
        {
            return (State, $"The stored state cannot be read: {error.Message}");
        }

        if (state.InstanceId != row.Id || state.DefinitionVersionId != row.DefinitionVersionId || state.Status.ToString() != row.Status || state.CorrelationId != row.CorrelationId)
        {
            return (State, "The stored state is another than its row says.");
        }

        var stored = state.Bookmarks.Select(b => new Wait(row.Id, b.Id, b.Hash, b.DueAt is { } due ? StorageConventions.ToMicroseconds(due) : null));
        return stored.ToHashSet().SetEquals(waits) ? null : ("workflow-waits", "The bookmarks are not those at which its state waits.");
    }

    private sealed record Wait(string InstanceId, string Id, string Hash, long? DueAt);
}
