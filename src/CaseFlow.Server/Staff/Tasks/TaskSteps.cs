using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>Small steps around a task that change no decision.</summary>
internal sealed class TaskSteps(IStepRunner steps, IUnitOfWork work)
{
    /// <summary>Outcomes that reach a citizen as a refusal or a stop: asked for twice.</summary>
    public static bool IsFinal(string outcome) =>
        outcome is "Refuse" or "Reject" or "NotAccept" or "Stop" or "Terminate";

    /// <summary>The holder has opened it. Nobody minds a later look, so the revision stays.</summary>
    public Task MarkSeenAsync(Actor actor, Id<WorkTask> id, CancellationToken cancellationToken) =>
        steps.RunAsync(
            new Step("task.seen", actor),
            async (services, token) =>
            {
                var task = await services.GetRequiredService<IUnitOfWork>().Set<WorkTask>().FirstOrDefaultAsync(t => t.Id == id, token);
                if (task is { SeenAt: null } && task.AssigneeId == actor.AccountId)
                {
                    task.SeenAt = services.GetRequiredService<IBusinessClock>().Now;
                }

                return true;
            },
            cancellationToken);

    /// <summary>The next task of this person by due day, another than this; null if there is none.</summary>
    public Task<Id<WorkTask>?> NextAsync(Actor actor, Id<WorkTask> current, CancellationToken cancellationToken) =>
        work.Set<WorkTask>()
            .Where(t => t.AssigneeId == actor.AccountId && t.State == WorkTaskState.Claimed && t.Id != current)
            .OrderBy(t => t.DueOn ?? DateOnly.MaxValue).ThenBy(t => t.Id)
            .Select(t => (Id<WorkTask>?)t.Id).FirstOrDefaultAsync(cancellationToken);
}
