using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class IncidentsOnSqlite() : IncidentTests(DatabaseKind.Sqlite);

[Trait("needs", "postgres")]
public sealed class IncidentsOnPostgres() : IncidentTests(DatabaseKind.Postgres);

public abstract class IncidentTests(DatabaseKind kind)
{
    private static readonly Actor Clerk = new(ActorKind.Staff, Id<Account>.New(), "李敏", null, [], DataScope.System("test"));

    [Fact]
    public async Task A_fault_undoes_the_step_and_is_told_as_an_incident_of_the_case()
    {
        await using var host = await TestHost.StartAsync(kind);
        var opened = await Given.CaseAsync(host);
        var procedure = await host.ReadAsync(db => db.Set<Procedure>().SingleAsync(TestHost.Stop));
        var told = await Assert.ThrowsAsync<StepFaultedException>(() => FaultAsync(host, Clerk, "task:1", procedure.Id.ToString(), async (db, locks) =>
        {
            await locks.LockCaseAsync(opened.Id, TestHost.Stop);
            await locks.NextNumberAsync("东民", "救", 2026, TestHost.Stop);
            db.Set<IssuedDocument>().Add(new IssuedDocument { CaseId = opened.Id });
            await db.SaveChangesAsync(TestHost.Stop);
        }));
        var incident = await host.ReadAsync(db => db.Set<Incident>().SingleAsync(TestHost.Stop));
        Assert.Equal(told.IncidentId, incident.Id);
        Assert.Equal((opened.Id, "w:notice", "task:1", "template fails", 1), (incident.CaseId!.Value, incident.NodeId, incident.Trigger, incident.Message, incident.Attempts));
        Assert.Null(incident.NextTryAt);
        Assert.Equal(0, await host.CountAsync<IssuedDocument>());
        Assert.Equal(0, await host.CountAsync<NumberSeries>());
    }

    [Fact]
    public async Task A_repeated_fault_counts_up_and_a_good_repetition_resolves_it()
    {
        await using var host = await TestHost.StartAsync(kind);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Assert.ThrowsAsync<StepFaultedException>(() => FaultAsync(host, Clerk, "task:1", "i"));
        }

        Assert.Equal(3, (await host.ReadAsync(db => db.Set<Incident>().SingleAsync(TestHost.Stop))).Attempts);
        await host.Steps.RunAsync(new Step("task.complete", Clerk, Trigger: "task:1"), (_, _) => Task.FromResult(0), TestHost.Stop);
        Assert.Equal("retried", (await host.ReadAsync(db => db.Set<Incident>().SingleAsync(TestHost.Stop))).Resolution);
        await Assert.ThrowsAsync<StepFaultedException>(() => FaultAsync(host, Clerk, "task:1", "i"));
        Assert.Equal(2, await host.CountAsync<Incident>());
    }

    [Fact]
    public async Task A_timer_backs_off_five_times_and_then_waits_for_an_operator()
    {
        await using var host = await TestHost.StartAsync(kind);
        var waits = new List<TimeSpan?>();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await Assert.ThrowsAsync<StepFaultedException>(() => FaultAsync(host, Actor.System("timer"), "bookmark:1", "i"));
            var incident = await host.ReadAsync(db => db.Set<Incident>().SingleAsync(TestHost.Stop));
            Assert.Equal(attempt, incident.Attempts);
            waits.Add(incident.NextTryAt - host.Time.GetUtcNow());
        }

        Assert.Null(waits[4]);
        Assert.Equal(waits.Take(4).Order(), waits.Take(4));
        Assert.InRange(waits[0]!.Value, TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(36));
    }

    [Fact]
    public async Task A_refusal_that_a_timer_meets_waits_for_an_operator_like_a_fault()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Assert.ThrowsAsync<StepFaultedException>(() => host.Steps.RunAsync<int>(
            new Step("timer.fire", Actor.System("timer"), Trigger: "bookmark:1"),
            (_, _) => throw new RefusedException("one-open", "已有办理中的复核。"),
            TestHost.Stop));
        Assert.Equal(1, await host.CountAsync<Incident>());
    }

    [Fact]
    public async Task Errors_of_the_database_are_no_incidents()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Assert.ThrowsAsync<ConflictException>(() => FaultAsync(host, Clerk, "task:1", "i", async (db, _) =>
        {
            db.Set<OrganisationUnit>().Add(Given.Township("220502004"));
            db.Set<OrganisationUnit>().Add(Given.Township("220502004"));
            await db.SaveChangesAsync(TestHost.Stop);
        }));
        Assert.Equal(0, await host.CountAsync<Incident>());
    }

    [Fact]
    public async Task A_fault_beside_others_on_one_trigger_is_one_incident()
    {
        await using var host = await TestHost.StartAsync(kind);
        await using var other = host.Second();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            Assert.ThrowsAsync<StepFaultedException>(() => FaultAsync(i % 2 == 0 ? host : other, Clerk, "task:1", "i"))));
        Assert.Equal(6, (await host.ReadAsync(db => db.Set<Incident>().SingleAsync(TestHost.Stop))).Attempts);
    }

    private static Task<int> FaultAsync(TestHost host, Actor actor, string trigger, string instance, Func<IUnitOfWork, ILocks, Task>? before = null) =>
        host.Steps.RunAsync<int>(
            new Step("task.complete", actor, Trigger: trigger),
            async (s, _) =>
            {
                try
                {
                    if (before is not null)
                    {
                        await before(s.GetRequiredService<IUnitOfWork>(), s.GetRequiredService<ILocks>());
                    }
                }
                catch (Exception error)
                {
                    throw new WorkflowFaultException(instance, "w:notice", error);
                }

                throw new WorkflowFaultException(instance, "w:notice", new InvalidDataException("template fails"));
            },
            TestHost.Stop);
}
