using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class StepRunnerOnSqlite() : StepRunnerTests(DatabaseKind.Sqlite);

[Trait("needs", "postgres")]
public sealed class StepRunnerOnPostgres() : StepRunnerTests(DatabaseKind.Postgres);

public abstract class StepRunnerTests(DatabaseKind kind)
{
    [Fact]
    public async Task A_step_commits_everything_at_once()
    {
        await using var host = await TestHost.StartAsync(kind);
        var opened = await Given.CaseAsync(host);
        Assert.Equal(opened.Number, (await host.ReadAsync(db => db.Set<Case>().SingleAsync(TestHost.Stop))).Number);
        Assert.Equal(1, await host.CountAsync<Procedure>());
    }

    [Fact]
    public async Task A_step_that_throws_leaves_nothing_and_draws_no_number()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StepAsync<int>(async (db, locks) =>
        {
            db.Set<OrganisationUnit>().Add(Given.Township());
            await db.SaveChangesAsync(TestHost.Stop);
            Assert.Equal(1, await locks.NextNumberAsync("东民", "救", 2026, TestHost.Stop));
            throw new InvalidOperationException("template");
        }));
        Assert.Equal(0, await host.CountAsync<OrganisationUnit>());
        Assert.Equal(1, await host.StepAsync((_, locks) => locks.NextNumberAsync("东民", "救", 2026, TestHost.Stop)));
        Assert.Equal(2, await host.StepAsync((_, locks) => locks.NextNumberAsync("东民", "救", 2026, TestHost.Stop)));
        Assert.Equal(1, await host.StepAsync((_, locks) => locks.NextNumberAsync("东民", "救", 2027, TestHost.Stop)));
    }

    [Fact]
    public async Task A_repeated_operation_returns_the_first_result_and_does_nothing()
    {
        await using var host = await TestHost.StartAsync(kind);
        var operation = Guid.NewGuid();
        var runs = 0;
        Task<SubmissionReceipt> Submit() => host.Steps.RunAsync(
            new Step("submit", Actor.System("test"), operation),
            async (s, stop) =>
            {
                runs++;
                var number = await s.GetRequiredService<ILocks>().NextNumberAsync("DB", "受", 2026, stop);
                return new SubmissionReceipt(Id<Case>.New(), $"DB-{number}", host.Time.GetUtcNow());
            },
            TestHost.Stop);

        var first = await Submit();
        var second = await Submit();
        Assert.Equal(first, second);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task The_same_operation_sent_twice_at_once_happens_once()
    {
        await using var host = await TestHost.StartAsync(kind);
        var operation = Guid.NewGuid();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Steps.RunAsync(
            new Step("draw", Actor.System("test"), operation),
            (s, stop) => s.GetRequiredService<ILocks>().NextNumberAsync("DB", "受", 2026, stop),
            TestHost.Stop)));
        Assert.All(results, r => Assert.Equal(1, r));
        Assert.Equal(1, (await host.ReadAsync(db => db.Set<NumberSeries>().SingleAsync(TestHost.Stop))).Last);
    }

    [Fact]
    public async Task An_operation_id_of_somebody_else_is_refused()
    {
        await using var host = await TestHost.StartAsync(kind);
        var operation = Guid.NewGuid();
        await host.Steps.RunAsync(new Step("act", Actor.System("one"), operation), (_, _) => Task.FromResult(1), TestHost.Stop);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.Steps.RunAsync(
            new Step("act", Actor.System("another"), operation), (_, _) => Task.FromResult(2), TestHost.Stop));
        Assert.Equal("operation-of-another", refused.Refusal.Code);
    }

    [Fact]
    public async Task A_refusal_undoes_the_step_and_is_no_incident()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Assert.ThrowsAsync<RefusedException>(() => host.StepAsync<int>(async (db, _) =>
        {
            db.Set<OrganisationUnit>().Add(Given.Township());
            await db.SaveChangesAsync(TestHost.Stop);
            throw new WorkflowFaultException("i", "n", new RefusedException("four-eyes", "同一人不能既调查又审核。"));
        }));
        Assert.Equal(0, await host.CountAsync<OrganisationUnit>());
        Assert.Equal(0, await host.CountAsync<Incident>());
    }

    [Fact]
    public async Task A_stale_write_is_a_conflict_and_no_incident()
    {
        await using var host = await TestHost.StartAsync(kind);
        var task = await Given.TaskAsync(host, await Given.CaseAsync(host));
        await Assert.ThrowsAsync<ConflictException>(() => host.StepAsync<int>(async (db, _) =>
        {
            var stale = await db.Set<WorkTask>().SingleAsync(TestHost.Stop);
            db.Set<WorkTask>().Entry(stale).Property(t => t.Revision).OriginalValue = task.Revision + 5;
            stale.Comment = "同意";
            await db.SaveChangesAsync(TestHost.Stop);
            return 0;
        }));
        Assert.Equal(0, await host.CountAsync<Incident>());
    }

    [Fact]
    public async Task A_change_raises_the_revision_once_a_step()
    {
        await using var host = await TestHost.StartAsync(kind);
        var task = await Given.TaskAsync(host, await Given.CaseAsync(host));
        await host.StepAsync(async (db, _) =>
        {
            var row = await db.Set<WorkTask>().SingleAsync(TestHost.Stop);
            row.AssigneeName = "李敏";
            await db.SaveChangesAsync(TestHost.Stop);
            row.State = WorkTaskState.Claimed;
            return await db.SaveChangesAsync(TestHost.Stop);
        });
        Assert.Equal(task.Revision + 1, (await host.ReadAsync(db => db.Set<WorkTask>().SingleAsync(TestHost.Stop))).Revision);
    }

    [Fact]
    public async Task Nothing_is_written_outside_of_a_step()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.ReadAsync(async db =>
        {
            db.Set<OrganisationUnit>().Add(Given.Township());
            return await db.SaveChangesAsync(TestHost.Stop);
        }));
    }

    [Fact]
    public async Task A_step_inside_a_step_is_a_mistake()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            host.StepAsync((_, _) => host.StepAsync((_, _) => Task.FromResult(1))));
    }

    [Fact]
    public async Task Locks_out_of_order_are_a_mistake()
    {
        await using var host = await TestHost.StartAsync(kind);
        var opened = await Given.CaseAsync(host);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StepAsync(async (_, locks) =>
        {
            await locks.NextNumberAsync("东民", "救", 2026, TestHost.Stop);
            await locks.LockCaseAsync(opened.Id, TestHost.Stop);
            return 0;
        }));
    }
}
