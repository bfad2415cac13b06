using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Steps;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Workflows;

/// <summary>
/// Fires due timers of instances that are tied to no case, each burst in a transaction of its own. Where another process was
/// faster, the burst is refused by the revision and nothing is done. What cannot be fired is an incident, tried again later each
/// time, and holds up no other. Where the process knows no definitions, there is nothing to do.
/// </summary>
internal sealed class FreeTimerWork(
    IServiceScopeFactory scopes,
    DueTimers timers,
    [FromKeyedServices(PersistenceServices.StandaloneStore)] IWorkflowStore store,
    IIncidentLog incidents,
    Transactions transactions,
    IBusinessClock clock,
    TimeProvider time) : IDueWork
{
    private const string StepName = "timer.fire";
    private const int Batch = 20;

    /// <inheritdoc/>
    public string Name => "free-timers";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("timers"));
        if (scope.ServiceProvider.GetService<IWorkflowDefinitionSource>() is not { } definitions)
        {
            return 0;
        }

        var due = await timers.FindFreeAsync(clock.Now, Batch, cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        var registry = scope.ServiceProvider.GetService<ActivityRegistry>() ?? ActivityRegistry.CreateDefault();
        var host = new WorkflowHost(definitions, new WorkflowCompiler(registry, definitions), store, scope.ServiceProvider, new BusinessTimeProvider(clock));
        var fired = 0;
        foreach (var (instance, bookmark) in due)
        {
            fired += await FireAsync(host, instance, bookmark, cancellationToken) ? 1 : 0;
        }

        return fired;
    }

    private async Task<bool> FireAsync(WorkflowHost host, string instance, string bookmark, CancellationToken cancellationToken)
    {
        var trigger = $"bookmark:{bookmark}";
        try
        {
            await host.ResumeAsync(instance, bookmark, cancellationToken: cancellationToken);
            await transactions.RunAsync(
                StepName,
                async (db, stop) =>
                {
                    await IncidentSql.ResolveAsync(db, trigger, time.GetUtcNow(), stop);
                    return true;
                },
                cancellationToken);
            return true;
        }
        catch (WorkflowRefusedException e) when (e.Reason is RefusalReasons.BookmarkNotFound or RefusalReasons.InstanceEnded)
        {
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException and not ConflictException and not System.Data.Common.DbException)
        {
            await incidents.RecordAsync(StepName, trigger, null, e, cancellationToken);
            return false;
        }
        catch (ConflictException)
        {
            return false;
        }
    }
}
