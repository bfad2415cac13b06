using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>What an administrator may draw into a procedure besides our own steps: Elsa's activities work in a case too.</summary>
public sealed class EngineActivitiesInCasesTests
{
    [Fact]
    public async Task An_event_reaches_what_waits_for_it_in_the_same_case_only()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var listen = Activity("Elsa.Event", "drawn-listen", ("eventName", Literal("heard")));
        await DrawAsync(host, ["start>drawn-listen", "drawn-listen>drawn-after"], listen, Activity("Elsa.WriteLine", "drawn-after", ("text", Literal("x"))));
        var waiting = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await DrawAsync(host, ["start>drawn-publish"], Activity("Elsa.PublishEvent", "drawn-publish", ("eventName", Literal("heard"))));
        await using var later = host.Open(host.Snapshot());
        var both = await DibaoFlow.SubmitAsync(later, Applications.CoupleWithChild());

        var journal = await JournalAsync(later);
        Assert.Equal([both.CaseId.ToString()], journal.Where(x => x.Entry == "drawn-after Completed").Select(x => x.Case));
        Assert.Equal(2, journal.Count(x => x.Entry == "drawn-listen Suspended"));
        Assert.NotNull(await both.OpenAsync("acceptance"));
        Assert.NotNull(await new DibaoFlow(later, waiting.CaseId).OpenAsync("acceptance"));
    }

    [Fact]
    public async Task A_delay_fires_by_the_business_clock()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        await DrawAsync(
            host, ["start>drawn-delay", "drawn-delay>drawn-after"], Activity("Elsa.Delay", "drawn-delay", ("timeSpan", Literal("3.00:00:00"))), Activity("Elsa.WriteLine", "drawn-after", ("text", Literal("x"))));
        await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await host.GoToAsync("2026-03-04");
        Assert.DoesNotContain(await JournalAsync(host), x => x.Entry == "drawn-after Completed");
        await host.GoToAsync("2026-03-06");
        Assert.Contains(await JournalAsync(host), x => x.Entry == "drawn-after Completed");
    }

    [Fact]
    public async Task Another_workflow_is_not_started_behind_the_cases_back()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        await DrawAsync(host, ["start>drawn-dispatch"], Activity("Elsa.DispatchWorkflow", "drawn-dispatch", ("workflowDefinitionId", Literal("dibao-review"))));
        await Assert.ThrowsAsync<StepFaultedException>(() => DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild()));
        var incident = await host.ReadAsync(w => w.Set<Incident>().SingleAsync(DibaoHost.Stop));
        Assert.EndsWith(":drawn-dispatch", incident.NodeId, StringComparison.Ordinal);
        Assert.Empty(await JournalAsync(host));
    }

    private static JsonObject Literal(string value) => new() { ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };

    private static JsonObject Activity(string type, string id, params (string Name, JsonObject Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
        {
            activity[name] = value;
        }

        return activity;
    }

    /// <summary>Draws activities beside the acceptance of the published application procedure, which no case has used yet.</summary>
    private static Task<bool> DrawAsync(DibaoHost host, string[] connections, params JsonObject[] activities) => host.StepAsync(async (services, token) =>
    {
        var version = await services.GetRequiredWork().Set<WorkflowDefinitionVersion>().SingleAsync(d => d.DefinitionId == "dibao-application" && d.IsPublished, token);
        var json = JsonNode.Parse(version.Json)!;
        foreach (var activity in activities)
        {
            json["root"]!["activities"]!.AsArray().Add(activity);
        }

        foreach (var ends in connections.Select(x => x.Split('>')))
        {
            json["root"]!["connections"]!.AsArray().Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = ends[0], ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
            });
        }

        version.Json = json.ToJsonString();
        return true;
    });

    private static async Task<List<(string Case, string Entry)>> JournalAsync(DibaoHost host)
    {
        await using var connection = new SqliteConnection(host.Connection);
        await connection.OpenAsync(DibaoHost.Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT i."CorrelationId", j."ActivityId" || ' ' || j."EventName" FROM "WorkflowJournal" j
            JOIN "WorkflowInstances" i ON i."Id" = j."InstanceId" ORDER BY j."InstanceId", j."Sequence"
            """;
        var entries = new List<(string, string)>();
        await using var reader = await command.ExecuteReaderAsync(DibaoHost.Stop);
        while (await reader.ReadAsync(DibaoHost.Stop))
        {
            entries.Add((reader.GetString(0), reader.GetString(1)));
        }

        return entries;
    }
}
