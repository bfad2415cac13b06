using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Cases.Tasks;

/// <inheritdoc cref="ITaskService"/>
internal sealed class TaskService(IStepRunner steps, IServiceScopeFactory scopes) : ITaskService
{
    private static readonly TaskVerb[] Menu =
    [
        TaskVerb.Claim, TaskVerb.Complete, TaskVerb.ReturnToStep, TaskVerb.Forward, TaskVerb.Release, TaskVerb.DeclareRecusal, TaskVerb.Urge,
    ];

    private static readonly TaskVerb[] SignatureMenu =
        [TaskVerb.Claim, TaskVerb.Complete, TaskVerb.Withdraw, TaskVerb.Forward, TaskVerb.DeclareRecusal, TaskVerb.Urge];

    /// <inheritdoc/>
    public Task<TaskReceipt> PerformAsync(Actor actor, TaskRequest request, CancellationToken cancellationToken) =>
        steps.RunOnAsync<TaskStep, TaskReceipt>(
            new Step(StepName(request.Verb), actor, request.OperationId, $"task:{request.TaskId}"),
            (step, token) => step.PerformAsync(actor, request, token),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<TaskActions?> ActionsAsync(Actor actor, Id<WorkTask> taskId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("task.actions"));
        var desk = scope.ServiceProvider.GetRequiredService<TaskDesk>();
        var picture = await desk.ReadAsync(actor, taskId, cancellationToken);
        if (picture is null)
        {
            return null;
        }

        var explanation = await ExplainAsync(desk, actor, picture, null, cancellationToken);
        return new TaskActions(
            await ItemsAsync(desk, picture, cancellationToken),
            await OutcomesAsync(desk, actor, picture, cancellationToken),
            picture.Task.AuthorityRole is null ? null : explanation);
    }

    private static string StepName(TaskVerb verb) => "task." + verb switch
    {
        TaskVerb.ReturnToStep => "return",
        TaskVerb.DeclareRecusal => "recusal",
        _ => verb.ToString().ToLowerInvariant(),
    };

    private static async Task<AuthorityExplanation?> ExplainAsync(
        TaskDesk desk, Actor actor, TaskPicture picture, string? outcome, CancellationToken cancellationToken) =>
        picture.Task.ForCitizen || actor.Kind != ActorKind.Staff
            ? null
            : AuthorityGuard.Explain((await desk.GuardAsync(actor, picture, outcome, null, cancellationToken)).Input);

    private static async Task<IReadOnlyList<TaskActionItem>> ItemsAsync(TaskDesk desk, TaskPicture picture, CancellationToken cancellationToken)
    {
        var items = new List<TaskActionItem>();
        foreach (var verb in picture.Task.SignsTaskId is null ? Menu : SignatureMenu)
        {
            var request = await desk.RequestAsync(picture, verb, null, null, cancellationToken);
            var why = TaskVerbKernel.Decide(picture.Task, picture.Siblings, picture.Actor, request with
            {
                Outcome = picture.Task.Outcomes.Split(',')[0],
                Reason = "—",
                TargetActivityId = request.ReturnTargets?.FirstOrDefault(),
            }).Refusal;
            var choosing = why is { Code: "target-required" };
            items.Add(new TaskActionItem(verb, why is null || choosing, choosing ? null : why));
        }

        return items;
    }

    private static async Task<IReadOnlyList<TaskOutcomeItem>> OutcomesAsync(
        TaskDesk desk, Actor actor, TaskPicture picture, CancellationToken cancellationToken)
    {
        var outcomes = new List<TaskOutcomeItem>();
        var consequences = await desk.ConsequencesAsync(picture, cancellationToken);
        foreach (var outcome in TaskPosts.Split(picture.Task.Outcomes))
        {
            var request = await desk.RequestAsync(picture, TaskVerb.Complete, null, null, cancellationToken);
            var refusal = TaskVerbKernel.Decide(picture.Task, picture.Siblings, picture.Actor, request with { Outcome = outcome }).Refusal;
            if (refusal is { Code: "handed-in-by" })
            {
                refusal = null;
            }

            if (refusal is null or { Code: "not-claimed" })
            {
                var explanation = await ExplainAsync(desk, actor, picture, outcome, cancellationToken);
                refusal = explanation?.Checks.FirstOrDefault(c => c.Holds == false)?.Refusal ?? refusal;
            }

            outcomes.Add(new TaskOutcomeItem(outcome, OutcomeNames.Of(outcome), refusal is null, refusal, consequences.GetValueOrDefault(outcome, "")));
        }

        return outcomes;
    }
}
