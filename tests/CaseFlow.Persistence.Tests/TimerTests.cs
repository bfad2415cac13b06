using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Persistence.Tests.Support;
using CaseFlow.Persistence.Workflows;
using CaseFlow.Workflows;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Incident = CaseFlow.Cases.Incidents.Incident;

namespace CaseFlow.Persistence.Tests;

public sealed class TimersOnSqlite() : TimerTests(DatabaseKind.Sqlite);

[Trait("needs", "postgres")]
public sealed class TimersOnPostgres() : TimerTests(DatabaseKind.Postgres);

/// <summary>Timers of cases and of instances that are tied to no case.</summary>
public abstract class TimerTests(DatabaseKind kind)
{
    private const string TwoDays =
        """
        {
          "definitionId": "two-days", "id": "two-days-1", "isPublished": true,
          "root": { "id": "S", "type": "Elsa.Sequence", "activities": [
            { "id": "D", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "2.00:00:00" } } },
            { "id": "P", "type": "Elsa.PublishEvent", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "over" } } }
          ] }
        }
        """;

    private const string Listens =
        """
        {
          "definitionId": "listens", "id": "listens-1", "isPublished": true,
          "root": { "id": "E", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "over" } } }
        }
        """;

    private readonly DefinitionCollection definitions = new DefinitionCollection().Add(WorkflowDefinition.Parse(TwoDays)).Add(WorkflowDefinition.Parse(Listens));

    [Fact]
    public async Task A_timer_of_an_instance_without_case_fires_when_it_is_due_and_what_follows_happens()
    {
        await using var host = await StartAsync();
        var waiting = await StartInstanceAsync(host, "two-days");
        var listening = await StartInstanceAsync(host, "listens");
        Assert.Equal(0, await Free(host).RunDueAsync(TestHost.Stop));

        host.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await Free(host).RunDueAsync(TestHost.Stop));
        Assert.Equal(WorkflowSubStatus.Finished, await SubStatusAsync(host, waiting));
        Assert.Equal(WorkflowSubStatus.Finished, await SubStatusAsync(host, listening));
        Assert.Equal(0, await Free(host).RunDueAsync(TestHost.Stop));
    }

    [Theory]
    [InlineData("Elsa.Delay", "timeSpan", "TimeSpan", "3.00:00:00")]
    [InlineData("Elsa.Timer", "interval", "TimeSpan", "3.00:00:00")]
    [InlineData("Elsa.StartAt", "dateTime", "DateTimeOffset", "2026-06-18T09:00:00+08:00")]
    public async Task Every_kind_of_timer_fires_without_case_at_its_time_and_not_before(string type, string input, string typeName, string value)
    {
        var json =
            $$"""
            {
              "definitionId": "one", "id": "one-1", "isPublished": true,
              "root": { "id": "S", "type": "Elsa.Sequence", "activities": [
                { "id": "T", "type": "{{type}}", "{{input}}": { "typeName": "{{typeName}}", "expression": { "type": "Literal", "value": "{{value}}" } } }
              ] }
            }
            """;
        definitions.Add(WorkflowDefinition.Parse(json));
        await using var host = await StartAsync();
        var waiting = await StartInstanceAsync(host, "one");

        host.Time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Free(host).RunDueAsync(TestHost.Stop));
        Assert.Equal(WorkflowSubStatus.Suspended, await SubStatusAsync(host, waiting));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Free(host).RunDueAsync(TestHost.Stop));
        Assert.Equal(WorkflowSubStatus.Finished, await SubStatusAsync(host, waiting));
    }

    [Fact]
    public async Task A_timer_is_fired_once_by_two_processes()
    {
        await using var host = await StartAsync();
        await using var second = host.Second(AddDefinitions);
        second.Time.SetUtcNow(host.Time.GetUtcNow().AddDays(3));
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            ids.Add(await StartInstanceAsync(host, "two-days"));
        }

        host.Time.Advance(TimeSpan.FromDays(3));
        var fired = await Task.WhenAll(new[] { host, second }.Select(x => Task.Run(() => Free(x).RunDueAsync(TestHost.Stop), TestHost.Stop)));
        Assert.Equal(10, fired.Sum());
        foreach (var id in ids)
        {
            Assert.Equal(WorkflowSubStatus.Finished, await SubStatusAsync(host, id));
        }

        Assert.Equal(0, await host.CountAsync<Incident>());
    }

    [Fact]
    public async Task Timers_without_case_hide_none_of_a_case_and_the_other_way_round()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await StartInstanceAsync(host, "two-days");
        }

        var moment = host.Time.GetUtcNow().AddDays(3);
        var of = await Given.CaseAsync(host);
        var procedure = await host.ReadAsync(db => db.Set<Procedure>().SingleAsync(TestHost.Stop));
        await SaveTimerAsync(host, procedure.Id.ToString(), moment);

        var cases = host.Services.GetRequiredService<IDueTimers>();
        Assert.Equal(new DueTimer(procedure.Id.ToString(), "case-timer", of.Id), Assert.Single(await cases.FindAsync(moment, 1, TestHost.Stop)));
        Assert.Empty(await cases.FindAsync(moment.AddSeconds(-1), 5, TestHost.Stop));
        host.Time.SetUtcNow(moment);
        Assert.Equal(3, await Free(host).RunDueAsync(TestHost.Stop));
        Assert.Single(await cases.FindAsync(moment, 5, TestHost.Stop));
    }

    [Fact]
    public async Task A_timer_that_cannot_fire_is_an_incident_that_backs_off_and_holds_up_no_other()
    {
        await using var host = await StartAsync();
        await SaveTimerAsync(host, "of-a-definition-that-is-gone", host.Time.GetUtcNow().AddDays(1));
        var other = await StartInstanceAsync(host, "two-days");
        host.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(1, await Free(host).RunDueAsync(TestHost.Stop));
        Assert.Equal(WorkflowSubStatus.Finished, await SubStatusAsync(host, other));
        Assert.Equal(0, await Free(host).RunDueAsync(TestHost.Stop));

        var incident = await host.ReadAsync(db => db.Set<Incident>().SingleAsync(TestHost.Stop));
        Assert.Equal(("timer.fire", "bookmark:case-timer", 1), (incident.StepName, incident.Trigger, incident.Attempts));
        Assert.NotNull(incident.NextTryAt);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Free(host).RunDueAsync(TestHost.Stop));
        Assert.Equal(2, (await host.ReadAsync(db => db.Set<Incident>().SingleAsync(TestHost.Stop))).Attempts);
    }

    private static IDueWork Free(TestHost host) => host.Services.GetServices<IDueWork>().Single(w => w.Name == "free-timers");

    private static async Task<WorkflowSubStatus> SubStatusAsync(TestHost host, string instance) => (await Store(host).LoadAsync(instance, TestHost.Stop))!.SubStatus;

    private static IWorkflowStore Store(TestHost host) => host.Services.GetRequiredKeyedService<IWorkflowStore>(PersistenceServices.StandaloneStore);

    private static Task<bool> SaveTimerAsync(TestHost host, string instance, DateTimeOffset due) => host.Steps.RunAsync(
        new Step("test", Actor.System("test")),
        async (services, token) =>
        {
            await services.GetRequiredService<IWorkflowStore>().SaveAsync(
                new WorkflowBurst
                {
                    IsNew = true,
                    State = new WorkflowState { InstanceId = instance, DefinitionId = "d", DefinitionVersionId = "gone", CreatedAt = due, UpdatedAt = due },
                    BookmarksCreated =
                    [
                        new Bookmark { Id = "case-timer", Name = "case.timer", Hash = "h", ActivityId = "a", NodeId = "w:a", ActivityInstanceId = "r", CreatedAt = due, DueAt = due },
                    ],
                },
                token);
            return true;
        },
        TestHost.Stop);

    private Task<TestHost> StartAsync() => TestHost.StartAsync(kind, AddDefinitions);

    private void AddDefinitions(IServiceCollection services) => services.AddSingleton<IWorkflowDefinitionSource>(definitions);

    private async Task<string> StartInstanceAsync(TestHost host, string definition)
    {
        var compiler = new WorkflowCompiler(ActivityRegistry.CreateDefault(), definitions);
        var state = await new WorkflowHost(definitions, compiler, Store(host), host.Services, host.Time).StartAsync(definition, cancellationToken: TestHost.Stop);
        return state!.InstanceId;
    }
}
