using CaseFlow.Cases.Calendar;

using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Workflows.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Activities.Engine;

/// <summary>
/// Fires timers of cases that have come due by the business clock, oldest first, each in a step of its own. The step locks the
/// case and looks again, so two processes that find the same timer fire it once. A timer whose step failed rests until its
/// incident says when to try again.
/// </summary>
internal sealed class CaseTimers(IServiceScopeFactory scopes, IStepRunner steps, IBusinessClock clock, TimeProvider machine) : IDueWork
{
    private const int BatchSize = 50;

    /// <inheritdoc/>
    public string Name => "timers";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var fired = 0;
        foreach (var due in await FindAsync(cancellationToken))
        {
            try
            {
                await steps.RunOnAsync<ICaseWorkflow, bool>(
                    new Step("timer.fire", Actor.System("timer"), null, $"bookmark:{due.Bookmark.Id}"),
                    async (workflow, token) =>
                    {
                        await workflow.FireTimerAsync(due.InstanceId, due.Bookmark.Id, token);
                        return true;
                    },
                    cancellationToken);
                fired++;
            }
            catch (StepFaultedException)
            {
                // The incident is stored and says when the next try is.
            }
        }

        return fired;
    }

    private async Task<IReadOnlyList<StoredBookmark>> FindAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("timers"));
        var store = scope.ServiceProvider.GetRequiredService<IWorkflowStore>();
        var due = await store.FindBookmarksAsync(new BookmarkQuery { Name = Waits.Timer, DueAt = clock.Now, Limit = BatchSize }, cancellationToken);
        if (due.Count == 0)
        {
            return due;
        }

        var triggers = due.Select(d => $"bookmark:{d.Bookmark.Id}").ToList();
        var now = machine.GetUtcNow();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var resting = await work.Set<CaseFlow.Cases.Incidents.Incident>()
            .Where(i => i.ResolvedAt == null && triggers.Contains(i.Trigger) && (i.NextTryAt == null || i.NextTryAt > now))
            .Select(i => i.Trigger)
            .ToListAsync(cancellationToken);
        return [.. due.Where(d => !resting.Contains($"bookmark:{d.Bookmark.Id}")).OrderBy(d => d.Bookmark.DueAt)];
    }
}
