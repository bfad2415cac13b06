using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Organisation;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Cases.Kernel;

/// <summary>
/// What is known about the step that runs in this service scope: who acts, and what the step has produced so far for the
/// receipt. Services that act inside a step read the actor here, so that activities need not hand it on.
/// </summary>
public sealed class StepContext
{
    /// <summary>Who acts; the system until a step says otherwise.</summary>
    public Actor Actor { get; private set; } = Actor.System("step");

    /// <summary>The step's name.</summary>
    public string StepName { get; private set; } = "";

    /// <summary>Documents issued in this step, in order.</summary>
    public IList<IssuedDocument> Issued { get; } = [];

    /// <summary>Says which step runs in this scope.</summary>
    public void Begin(Step step)
    {
        Actor = step.Actor;
        StepName = step.Name;
        Issued.Clear();
    }
}

/// <summary>Runs a step on a service of the step's own scope.</summary>
public static class StepRunnerExtensions
{
    /// <summary>
    /// Runs <paramref name="act"/> on the <typeparamref name="TService"/> of the step's scope. The step may read every row:
    /// whoever calls checks what the actor may do; the actor itself is kept for checks and audit.
    /// </summary>
    public static Task<TResult> RunOnAsync<TService, TResult>(
        this IStepRunner steps,
        Step step,
        Func<TService, CancellationToken, Task<TResult>> act,
        CancellationToken cancellationToken)
        where TService : notnull
    {
        var wide = step with { Actor = step.Actor with { Scope = Scope.DataScope.System(step.Name) } };
        return steps.RunAsync(
            wide,
            (services, token) =>
            {
                services.GetRequiredService<StepContext>().Begin(step);
                return act(services.GetRequiredService<TService>(), token);
            },
            cancellationToken);
    }
}
