using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class PolicyStampOnSqlite() : PolicyStampTests(DatabaseKind.Sqlite);

[Trait("needs", "postgres")]
public sealed class PolicyStampOnPostgres() : PolicyStampTests(DatabaseKind.Postgres)
{
    [Fact]
    public async Task What_another_server_commits_while_a_step_waits_for_its_lock_is_seen_after_the_lock()
    {
        await using var host = await StartAsync();
        await using var second = host.Second(Desk);
        var opened = await Given.CaseAsync(host);
        await SetAsync(host, 700);
        var seen = await StepAsync(host, async services =>
        {
            var before = await StandardAsync(services);
            await ElsewhereAsync(() => SetAsync(second, 800));
            await services.GetRequiredService<ILocks>().LockCaseAsync(opened.Id, TestHost.Stop);
            return (before, After: await StandardAsync(services));
        });
        Assert.Equal((700, 800), seen);
    }

    /// <summary>Runs as another server would: not inside the step at hand.</summary>
    private static Task ElsewhereAsync(Func<Task> act)
    {
        using var alone = ExecutionContext.SuppressFlow();
        return Task.Run(act, TestHost.Stop);
    }
}

public abstract class PolicyStampTests(DatabaseKind kind)
{
    private const string Key = "dibao.standard";
    private static readonly DateOnly Today = new(2026, 6, 15);

    public static TheoryData<string> KindsOfPolicy => [.. Rows.Keys];

    private static Dictionary<string, Func<object>> Rows { get; } = new()
    {
        ["figure"] = () => new PolicyFigure { Key = Key, Unit = "fen", Value = 1, ValidFrom = Today },
        ["wording"] = () => new PolicyText { Key = "court", Text = "东昌区人民法院", ValidFrom = Today },
        ["authority rule"] = () => new AuthorityRule { Code = "T1", CaseTypes = "dibao", ValidFrom = Today },
        ["day of the calendar"] = () => new CalendarDay { Date = new DateOnly(2026, 10, 1) },
        ["year of the calendar"] = () => new CalendarYear { Year = 2026 },
        ["body"] = () => Given.Township(),
        ["template"] = () => new DocumentTemplate { Key = "dibao/acceptance-notice", Version = 1, State = PublicationState.Published },
        ["case type"] = () => Given.CaseType(),
    };

    [Fact]
    public async Task A_change_is_seen_by_the_next_step_at_once()
    {
        await using var host = await StartAsync();
        await SetAsync(host, 700);
        Assert.Equal(700, await StepAsync(host, StandardAsync));
        await SetAsync(host, 800);
        Assert.Equal(800, await StepAsync(host, StandardAsync));
    }

    [Fact]
    public async Task A_change_by_another_server_is_seen_by_the_next_transaction()
    {
        await using var host = await StartAsync();
        await using var second = host.Second(Desk);
        await SetAsync(host, 700);
        Assert.Equal(700, await StepAsync(second, StandardAsync));
        await SetAsync(host, 800);
        Assert.Equal(800, await StepAsync(second, StandardAsync));
        await SetAsync(second, 900);
        Assert.Equal(900, await StepAsync(host, StandardAsync));
    }

    [Fact]
    public async Task A_step_sees_what_it_has_changed_itself()
    {
        await using var host = await StartAsync();
        await SetAsync(host, 700);
        var seen = await StepAsync(host, async services =>
        {
            var before = await StandardAsync(services);
            await WriteAsync(services, 800);
            return (before, After: await StandardAsync(services));
        });
        Assert.Equal((700, 800), seen);
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_is_seen_by_nobody_afterwards()
    {
        await using var host = await StartAsync();
        await using var second = host.Second(Desk);
        await SetAsync(host, 700);
        await Assert.ThrowsAsync<InvalidOperationException>(() => StepAsync<long>(host, async services =>
        {
            await WriteAsync(services, 800);
            Assert.Equal(800, await StandardAsync(services));
            throw new InvalidOperationException("undone");
        }));
        Assert.Equal(700, await StepAsync(host, StandardAsync));
        await SetAsync(second, 900);
        Assert.Equal(900, await StepAsync(host, StandardAsync));
    }

    [Fact]
    public async Task What_a_step_has_changed_and_not_committed_is_seen_by_no_page()
    {
        await using var host = await StartAsync();
        await SetAsync(host, 700);
        var seen = await StepAsync(host, async services =>
        {
            await WriteAsync(services, 800);
            return (Own: await StandardAsync(services), Page: await PageAsync(host, StandardAsync));
        });
        Assert.Equal((800, 700), seen);
        Assert.Equal(800, await PageAsync(host, StandardAsync));
    }

    [Fact]
    public async Task Where_nothing_has_changed_steps_and_pages_share_what_was_read()
    {
        await using var host = await StartAsync();
        await SetAsync(host, 700);
        var first = await StepAsync(host, SnapshotAsync);
        await Given.CaseAsync(host);
        var second = await StepAsync(host, SnapshotAsync);
        await Given.CaseAsync(host, await host.ReadAsync(db => db.Set<OrganisationUnit>().FirstAsync(TestHost.Stop)));
        Assert.Same(second, await StepAsync(host, SnapshotAsync));
        Assert.Same(second, await PageAsync(host, SnapshotAsync));
        Assert.NotSame(first, second);
    }

    [Theory]
    [MemberData(nameof(KindsOfPolicy))]
    public async Task Every_kind_of_policy_renews_the_stamp(string row)
    {
        await using var host = await StartAsync();
        var before = await StepAsync(host, async services => (await SnapshotAsync(services)).Stamp);
        await StepAsync(host, services => Task.FromResult(services.GetRequiredService<IUnitOfWork>().SaveAlso(Rows[row]())));
        Assert.NotEqual(before, await StepAsync(host, async services => (await SnapshotAsync(services)).Stamp));
    }

    protected static void Desk(IServiceCollection services) => services.AddSingleton<PolicyShelf>().AddScoped<PolicyDesk>();

    protected static Task<T> StepAsync<T>(TestHost host, Func<IServiceProvider, Task<T>> body) =>
        host.Steps.RunAsync(new Step("test.policy", Actor.System("test")), (services, _) => body(services), TestHost.Stop);

    protected static async Task<long> StandardAsync(IServiceProvider services) =>
        (await services.GetRequiredService<PolicyDesk>().BookAsync(TestHost.Stop)).Amount(Key, Today).Fen;

    protected static Task SetAsync(TestHost host, long fen) => StepAsync(host, async services =>
    {
        await WriteAsync(services, fen);
        return fen;
    });

    protected Task<TestHost> StartAsync() => TestHost.StartAsync(kind, Desk);

    private static async Task<PolicySnapshot> SnapshotAsync(IServiceProvider services) =>
        await services.GetRequiredService<PolicyDesk>().SnapshotAsync(TestHost.Stop);

    private static async Task WriteAsync(IServiceProvider services, long fen)
    {
        var work = services.GetRequiredService<IUnitOfWork>();
        var row = await work.Set<PolicyFigure>().SingleOrDefaultAsync(f => f.Key == Key, TestHost.Stop)
            ?? work.Set<PolicyFigure>().Add(new PolicyFigure { Key = Key, Unit = "fen", ValidFrom = Today }).Entity;
        row.Value = fen;
        await work.SaveChangesAsync(TestHost.Stop);
    }

    private static async Task<T> PageAsync<T>(TestHost host, Func<IServiceProvider, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("test"));
        return await read(scope.ServiceProvider);
    }
}

internal static class AnyRow
{
    /// <summary>Adds a row of whatever kind; the step saves it.</summary>
    public static object SaveAlso(this IUnitOfWork work, object row) => ((DbContext)work).Add(row).Entity;
}
