using System.Data.Common;
using CaseFlow.Cases.Kernel;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Workflows;
using CaseFlow.Workflows;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

/// <summary>The engine's rows in plain SQL, on whatever connection and transaction the caller is in.</summary>
internal static class WorkflowSql
{
    private const int Chunk = 40;

    private const string NotEnded =
        """NOT EXISTS (SELECT 1 FROM "WorkflowInstances" w WHERE w."Id" = b."InstanceId" AND w."Status" = 'Finished')""";

    private const string JournalColumns =
        """
        "InstanceId", "Sequence", "EventName", "ActivityId", "NodeId", "ActivityType", "ActivityTypeVersion", "ActivityName",
        "Run", "ParentRun", "At", "Message"
        """;

    private const string InsertInstance =
        """
        INSERT INTO "WorkflowInstances" ("State", "StateHash", "Status", "SubStatus", "Name", "CorrelationId", "IncidentCount", "UpdatedAt",
            "FinishedAt", "DefinitionVersionId", "DefinitionVersion", "Id", "DefinitionId", "ParentInstanceId", "CreatedAt", "Revision")
        VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, 1)
        """;

    private const string UpdateInstance =
        """
        UPDATE "WorkflowInstances" SET "State" = @0, "StateHash" = @1, "Status" = @2, "SubStatus" = @3, "Name" = @4,
            "CorrelationId" = @5, "IncidentCount" = @6, "UpdatedAt" = @7, "FinishedAt" = @8, "DefinitionVersionId" = @9,
            "DefinitionVersion" = @10, "Revision" = "Revision" + 1
        WHERE "Id" = @11 AND "Revision" = @12
        """;

    /// <summary>Reads a state with its revision; null where there is none.</summary>
    public static async Task<(WorkflowState State, int Revision)?> LoadAsync(DbConnection connection, DbTransaction? transaction, string instanceId, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(transaction, """SELECT "State", "Revision" FROM "WorkflowInstances" WHERE "Id" = @0""").With(instanceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (StateJson.Read(reader.GetFieldValue<byte[]>(0)), reader.GetInt32(1))
            : null;
    }

    /// <summary>Waits for an instance's row and locks it (PostgreSQL).</summary>
    public static async Task LockAsync(DbConnection connection, DbTransaction? transaction, string instanceId, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(transaction, """SELECT 1 FROM "WorkflowInstances" WHERE "Id" = @0 FOR NO KEY UPDATE""").With(instanceId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Stores a burst.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="burst">What happened.</param>
    /// <param name="revision">The revision of the state that the burst began with.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ConflictException">Another burst of the instance was stored meanwhile.</exception>
    public static async Task SaveAsync(DbConnection connection, DbTransaction? transaction, WorkflowBurst burst, int revision, CancellationToken cancellationToken)
    {
        await SaveInstanceAsync(connection, transaction, burst, revision, cancellationToken);
        await RemoveBookmarksAsync(connection, transaction, burst, cancellationToken);
        if (burst.ChangedCorrelation)
        {
            await CorrelateBookmarksAsync(connection, transaction, burst.State, cancellationToken);
        }

        foreach (var bookmark in burst.BookmarksCreated)
        {
            await AddBookmarkAsync(connection, transaction, burst.State, bookmark, cancellationToken);
        }

        foreach (var entries in burst.Journal.Chunk(Chunk))
        {
            await AddJournalAsync(connection, transaction, burst.State.InstanceId, entries, cancellationToken);
        }

        foreach (var records in burst.Records.GroupBy(r => r.Run).Select(g => g.Last()).Chunk(Chunk))
        {
            await SaveRecordsAsync(connection, transaction, burst.State.InstanceId, records, cancellationToken);
        }
    }

    /// <summary>Finds bookmarks of instances that have not ended, oldest first; a faulted instance keeps its bookmarks for a retry.</summary>
    public static async Task<List<StoredBookmark>> FindAsync(DbConnection connection, DbTransaction? transaction, BookmarkQuery query, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(transaction, "");
        var conditions = new List<string> { NotEnded };
        Restrict(command, conditions, "Name", query.Name);
        Restrict(command, conditions, "Hash", query.Hash);
        Restrict(command, conditions, "CorrelationId", query.CorrelationId);
        Restrict(command, conditions, "InstanceId", query.InstanceId);
        if (query.DueAt is { } due)
        {
            conditions.Add($"\"DueAt\" <= @{command.Parameters.Count}");
            command.With(StorageConventions.ToMicroseconds(due));
        }

        var where = string.Join(" AND ", conditions);
        var order = query.DueAt is null ? "\"CreatedAt\", \"Id\"" : "\"DueAt\", \"Id\"";
        var limit = "";
        if (query.Limit is { } most)
        {
            limit = $" LIMIT @{command.Parameters.Count}";
            command.With(most);
        }

#pragma warning disable CA2100 // Composed of constants and numbered parameters.
        command.CommandText = $"SELECT \"InstanceId\", \"CorrelationId\", \"Content\" FROM \"WorkflowBookmarks\" b WHERE {where} ORDER BY {order}{limit}";
#pragma warning restore CA2100
        var found = new List<StoredBookmark>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var correlation = await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetString(1);
            found.Add(new StoredBookmark(reader.GetString(0), correlation, WorkflowJson.ReadBookmark(reader.GetString(2))));
        }

        return found;
    }

    /// <summary>Deletes journal and records of instances that ended before a moment, the longest ended first.</summary>
    /// <returns>Of how many instances; 0 when none is left.</returns>
    public static async Task<int> SweepJournalAsync(CaseFlowDbContext db, DateTimeOffset endedBefore, int most, CancellationToken cancellationToken)
    {
        var before = StorageConventions.ToMicroseconds(endedBefore);
        var ids = await db.Set<WorkflowInstanceRow>()
            .Where(i => i.Status == "Finished" && i.FinishedAt < before && db.Set<WorkflowJournalRow>().Any(j => j.InstanceId == i.Id))
            .OrderBy(i => i.FinishedAt)
            .Select(i => i.Id)
            .Take(most)
            .ToListAsync(cancellationToken);
        await db.Set<WorkflowRecordRow>().Where(r => ids.Contains(r.InstanceId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<WorkflowJournalRow>().Where(j => ids.Contains(j.InstanceId)).ExecuteDeleteAsync(cancellationToken);
        return ids.Count;
    }

    private static void Restrict(DbCommand command, List<string> conditions, string column, string? value)
    {
        if (value is not null)
        {
            conditions.Add($"\"{column}\" = @{command.Parameters.Count}");
            command.With(value);
        }
    }

    private static async Task SaveInstanceAsync(DbConnection connection, DbTransaction? transaction, WorkflowBurst burst, int revision, CancellationToken cancellationToken)
    {
        var state = burst.State;
        var stored = StateJson.Write(state);
        await using var command = connection.Command(transaction, burst.IsNew ? InsertInstance : UpdateInstance)
            .With(stored)
            .With(WorkflowStateHash.Of(stored))
            .With(state.Status.ToString())
            .With(state.SubStatus.ToString())
            .With(state.Name)
            .With(state.CorrelationId)
            .With(state.Incidents.Count)
            .With(StorageConventions.ToMicroseconds(state.UpdatedAt))
            .With(Instant(state.FinishedAt))
            .With(state.DefinitionVersionId)
            .With(state.DefinitionVersion)
            .With(state.InstanceId);
        if (burst.IsNew)
        {
            command.With(state.DefinitionId).With(state.ParentInstanceId).With(StorageConventions.ToMicroseconds(state.CreatedAt));
        }
        else
        {
            command.With(revision);
        }

        if (await command.ExecuteNonQueryAsync(cancellationToken) != 1)
        {
            throw new ConflictException($"流程 {state.InstanceId} 刚刚被其他操作推进，请刷新后重试。");
        }
    }

    private static async Task RemoveBookmarksAsync(DbConnection connection, DbTransaction? transaction, WorkflowBurst burst, CancellationToken cancellationToken)
    {
        if (burst.BookmarksRemoved.Count == 0)
        {
            return;
        }

        await using var command = connection.Command(
            transaction,
            $"DELETE FROM \"WorkflowBookmarks\" WHERE \"Id\" IN ({SqlText.List(0, burst.BookmarksRemoved.Count)})");
        foreach (var id in burst.BookmarksRemoved)
        {
            command.With(id);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task CorrelateBookmarksAsync(DbConnection connection, DbTransaction? transaction, WorkflowState state, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(transaction, """UPDATE "WorkflowBookmarks" SET "CorrelationId" = @0 WHERE "InstanceId" = @1""")
            .With(state.CorrelationId)
            .With(state.InstanceId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task AddBookmarkAsync(DbConnection connection, DbTransaction? transaction, WorkflowState state, Bookmark bookmark, CancellationToken cancellationToken)
    {
        const string Insert =
            """
            INSERT INTO "WorkflowBookmarks" ("Id", "InstanceId", "CorrelationId", "Name", "Hash", "CreatedAt", "DueAt", "Content")
            VALUES (@0, @1, @2, @3, @4, @5, @6, @7)
            """;
        await using var command = connection.Command(transaction, Insert)
            .With(bookmark.Id)
            .With(state.InstanceId)
            .With(state.CorrelationId)
            .With(bookmark.Name)
            .With(bookmark.Hash)
            .With(StorageConventions.ToMicroseconds(bookmark.CreatedAt))
            .With(Instant(bookmark.DueAt))
            .With(WorkflowJson.Write(bookmark));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task AddJournalAsync(DbConnection connection, DbTransaction? transaction, string instanceId, JournalEntry[] entries, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            transaction,
            $"INSERT INTO \"WorkflowJournal\" ({JournalColumns}) VALUES {SqlText.Rows(entries.Length, 12)}");
        foreach (var entry in entries)
        {
            command.With(instanceId)
                .With(entry.Sequence)
                .With(entry.EventName)
                .With(entry.ActivityId)
                .With(entry.NodeId)
                .With(entry.ActivityType)
                .With(entry.ActivityTypeVersion)
                .With(entry.ActivityName)
                .With(entry.Run)
                .With(entry.ParentRun)
                .With(StorageConventions.ToMicroseconds(entry.Timestamp))
                .With(entry.Message);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task SaveRecordsAsync(DbConnection connection, DbTransaction? transaction, string instanceId, ActivityRecord[] records, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            transaction,
            $"""
            INSERT INTO "WorkflowRecords" ("InstanceId", "Run", "Id", "ActivityId", "NodeId", "Status", "StartedAt", "CompletedAt", "Content")
            VALUES {SqlText.Rows(records.Length, 9)}
            ON CONFLICT ("InstanceId", "Run") DO UPDATE SET "Status" = excluded."Status", "CompletedAt" = excluded."CompletedAt",
                "Content" = excluded."Content"
            """);
        foreach (var record in records)
        {
            command.With(instanceId)
                .With(record.Run)
                .With(record.Id)
                .With(record.ActivityId)
                .With(record.NodeId)
                .With(record.Status.ToString())
                .With(StorageConventions.ToMicroseconds(record.StartedAt))
                .With(Instant(record.CompletedAt))
                .With(WorkflowJson.Write(record));
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static long? Instant(DateTimeOffset? moment) => moment is { } at ? StorageConventions.ToMicroseconds(at) : null;
}
