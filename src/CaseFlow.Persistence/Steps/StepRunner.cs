using System.Runtime.ExceptionServices;
using System.Text.Json;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Steps;

/// <summary>One step, one transaction: see <see cref="IStepRunner"/>.</summary>
internal sealed class StepRunner(
    IServiceScopeFactory scopes,
    WriteGate gate,
    IncidentRecorder incidents,
    IWakeUp wakeUp,
    TimeProvider time) : IStepRunner
{
    private const int MostAttempts = 5;
    private static readonly AsyncLocal<string?> Running = new();

    /// <inheritdoc/>
    public async Task<T> RunAsync<T>(
        Step step,
        Func<IServiceProvider, CancellationToken, Task<T>> body,
        CancellationToken cancellationToken)
    {
        if (Running.Value is { } outer)
        {
            throw new InvalidOperationException($"The step {step.Name} was begun inside the step {outer}; a step is one transaction.");
        }

        return await StepTelemetry.MeasureAsync(step, () => RepeatAsync(step, body, cancellationToken));
    }

    private async Task<T> RepeatAsync<T>(
        Step step,
        Func<IServiceProvider, CancellationToken, Task<T>> body,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var progress = new Progress();
            try
            {
                return await AttemptAsync(step, body, progress, cancellationToken);
            }
            catch (Exception error) when (attempt < MostAttempts && MayRepeat(step, error, progress))
            {
                await Jitter.WaitAsync(attempt, cancellationToken);
            }
            catch (Exception error)
            {
                throw await TellAsync(step, error, progress);
            }
        }
    }

    private static bool MayRepeat(Step step, Exception error, Progress progress) =>
        DatabaseErrors.IsTransient(error)
        || DatabaseErrors.IsAppendRace(error)
        || (DatabaseErrors.IsBrokenConnection(error) && (!progress.Committing || step.OperationId is not null));

    private async Task<T> AttemptAsync<T>(
        Step step,
        Func<IServiceProvider, CancellationToken, Task<T>> body,
        Progress progress,
        CancellationToken cancellationToken)
    {
        Running.Value = step.Name;
        using var permit = await gate.EnterAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<ICurrentScope>().Enter(step.Actor.Scope);
        var db = services.GetRequiredService<CaseFlowDbContext>();
        var locks = services.GetRequiredService<Locks>();
        progress.Locks = locks;
        db.EnterStep();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var operation = step.OperationId is { } id ? await Operations.BeginAsync(db, step, id, time, cancellationToken) : null;
        if (operation is { Done: true })
        {
            return operation.Result<T>();
        }

        var result = await body(services, cancellationToken);
        operation?.Finish(result);
        await db.SaveChangesAsync(cancellationToken);
        await IncidentRecorder.ResolveAsync(db, step, time.GetUtcNow(), cancellationToken);
        Failpoints.Hit("step.before-commit", step.Name);
        progress.Committing = true;
        await transaction.CommitAsync(cancellationToken);
        Failpoints.Hit("step.after-commit", step.Name);
        wakeUp.Signal();
        return result;
    }

    private async Task<Exception> TellAsync(Step step, Exception error, Progress progress)
    {
        var fault = ActivityFault.Find(error);
        var cause = fault?.Cause ?? error;
        if (IsUnattended(step) && cause is not OperationCanceledException && !DatabaseErrors.IsDatabase(cause))
        {
            // Nobody reads a refusal that a timer met: it waits for an operator like a fault.
            fault ??= new ActivityFault(null, "", cause);
            var met = await incidents.RecordAsync(step, fault, progress.Locks?.LockedCase, CancellationToken.None);
            return new StepFaultedException(met, cause);
        }

        switch (cause)
        {
            case RefusedException or ConflictException or InvalidInputException or OperationCanceledException:
                return Rethrow(cause);
            case var _ when DatabaseErrors.IsConcurrency(cause):
                return new ConflictException("您打开页面之后，别人已经修改了同一内容。请刷新后再办理。", cause);
            case var _ when DatabaseErrors.IsUnique(cause):
                return new ConflictException("别人刚刚办理了同一事项。请刷新后再办理。", cause);
        }

        if (fault is null || DatabaseErrors.IsDatabase(cause))
        {
            return Rethrow(cause);
        }

        var incident = await incidents.RecordAsync(step, fault, progress.Locks?.LockedCase, CancellationToken.None);
        return new StepFaultedException(incident, cause);
    }

    private static bool IsUnattended(Step step) => step.Actor.Kind == ActorKind.System && step.Trigger is not null;

    private static Exception Rethrow(Exception error)
    {
        ExceptionDispatchInfo.Throw(error);
        return error;
    }

    private sealed class Progress
    {
        public Locks? Locks { get; set; }

        public bool Committing { get; set; }
    }
}
