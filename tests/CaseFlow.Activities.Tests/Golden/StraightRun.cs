using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests.Golden;

/// <summary>A procedure that waits, with its state as text.</summary>
internal sealed record Waiting(string Kind, WorkflowState State, string Text);

/// <summary>The bureau before an act.</summary>
internal sealed record Stop(HostSnapshot Snapshot, IReadOnlyList<Waiting> Waiting);

/// <summary>A journey, gone once in one bureau, of which a copy is kept before each act.</summary>
internal sealed class StraightRun
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<StraightRun>>> Runs = new(StringComparer.Ordinal);
    private readonly List<Stop> stops = [];

    private StraightRun(DibaoHost host, DibaoFlow flow) => (Host, CaseId) = (host, flow.CaseId);

    public Id<Cases.CaseFiles.Case> CaseId { get; }

    /// <summary>The bureau at the end of the journey.</summary>
    public DibaoHost Host { get; }

    /// <summary>The bureau before the act of that index.</summary>
    public IReadOnlyList<Stop> Stops => stops;

    public static Task<StraightRun> OnceAsync(Journey journey) =>
        Runs.GetOrAdd(journey.Name, _ => new Lazy<Task<StraightRun>>(() => GoAsync(journey))).Value;

    /// <summary>What a procedure did from a journal entry on, and how it ended.</summary>
    public static async Task<JsonObject> EndAsync(DibaoHost host, string instanceId, long fromEntry)
    {
        var state = await StateAsync(host, instanceId);
        var root = JsonNode.Parse(StateNames.WithoutIds(StateNames.Text(state)))!["contexts"]!.AsArray().First(c => c!["parent"] is null);
        return new JsonObject
        {
            ["status"] = state.Status.ToString(),
            ["subStatus"] = state.SubStatus.ToString(),
            ["incidents"] = state.Incidents.Count,
            ["variables"] = root!["vars"]?.DeepClone(),
            ["journal"] = new JsonArray([.. (await JournalAsync(host, instanceId, fromEntry)).Select(x => (JsonNode)x)]),
        };
    }

    public static async Task<WorkflowState> StateAsync(DibaoHost host, string instanceId) =>
        await host.OnAsync<IWorkflowStore, WorkflowState?>(async s => await s.LoadAsync(instanceId, DibaoHost.Stop))
        ?? throw new InvalidOperationException($"There is no instance {instanceId}.");

    /// <summary>Puts a state in the place of the one that is stored.</summary>
    public static async Task ReplaceAsync(DibaoHost host, WorkflowState state)
    {
        await using var connection = new SqliteConnection(host.Connection);
        await connection.OpenAsync(DibaoHost.Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = """UPDATE "WorkflowInstances" SET "State" = $state WHERE "Id" = $id""";
        command.Parameters.AddWithValue("$state", StateJson.Write(state));
        command.Parameters.AddWithValue("$id", state.InstanceId);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(DibaoHost.Stop));
    }

    public Task<List<Procedure>> OpenProceduresAsync(DibaoHost host) => host.ReadAsync(w => w.Set<Procedure>().AsNoTracking()
        .Where(p => p.CaseId == CaseId && p.State == ProcedureState.Open).ToListAsync(DibaoHost.Stop));

    private static async Task<StraightRun> GoAsync(Journey journey)
    {
        var host = await DibaoHost.OpenGoldenAsync(GoldenFile.DefinitionsOf(journey.Version), "2026-03-02");
        var flow = await journey.BeginAsync(host);
        var run = new StraightRun(host, flow);
        foreach (var act in journey.Acts)
        {
            run.stops.Add(new Stop(host.Snapshot(), await run.WaitingAsync(host)));
            await act.DoAsync(host, flow);
        }

        return run;
    }

    private async Task<List<Waiting>> WaitingAsync(DibaoHost host)
    {
        var waiting = new List<Waiting>();
        foreach (var procedure in await OpenProceduresAsync(host))
        {
            var state = await StateAsync(host, procedure.Id.ToString());
            var names = await StateNames.OfAsync(host, procedure, state);
            waiting.Add(new Waiting(procedure.Kind, state, names.In(StateNames.Text(state))));
        }

        return waiting;
    }

    private static async Task<List<string>> JournalAsync(DibaoHost host, string instanceId, long fromEntry)
    {
        await using var connection = new SqliteConnection(host.Connection);
        await connection.OpenAsync(DibaoHost.Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "ActivityId" || ' ' || "EventName" FROM "WorkflowJournal" WHERE "InstanceId" = $id AND "Sequence" >= $from ORDER BY "Sequence" """;
        command.Parameters.AddWithValue("$id", instanceId);
        command.Parameters.AddWithValue("$from", fromEntry);
        var entries = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(DibaoHost.Stop);
        while (await reader.ReadAsync(DibaoHost.Stop))
        {
            entries.Add(reader.GetString(0));
        }

        return entries;
    }

    /// <summary>Reads a state of a golden file, with the ids of a procedure that waits at the same point.</summary>
    public static WorkflowState Read(JsonNode golden, StateNames names) =>
        StateJson.Read(Encoding.UTF8.GetBytes(names.Out(golden.ToJsonString(GoldenFile.Options))));
}
