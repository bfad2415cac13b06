namespace CaseFlow.Cases.Kernel;

/// <summary>
/// Runs one step of a case in one database transaction with services of its own. It commits once; on any exception
/// everything is undone. Serialization failures and deadlocks repeat the whole step, at most five times. A fault of a
/// workflow activity is stored as an incident in a second transaction and told as <see cref="StepFaultedException"/>.
/// </summary>
public interface IStepRunner
{
    /// <summary>Runs a step.</summary>
    /// <param name="step">Who acts, and what it is called in logs and traces.</param>
    /// <param name="body">The work; it may run more than once, so it must have no effect outside the transaction.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<T> RunAsync<T>(Step step, Func<IServiceProvider, CancellationToken, Task<T>> body, CancellationToken cancellationToken);
}

/// <summary>Names a step and its actor.</summary>
/// <param name="Name">A short identifier such as <c>task.complete</c>.</param>
/// <param name="Actor">Who acts; the step reads and writes only what the actor's scope allows.</param>
/// <param name="OperationId">Set where the caller may repeat the request: a second run with the same id returns the first result and does nothing.</param>
/// <param name="Trigger">What stays if the step fails, and identifies its repetition: <c>task:{id}</c>, <c>bookmark:{id}</c>. Incidents are counted per trigger.</param>
public sealed record Step(string Name, Organisation.Actor Actor, Guid? OperationId = null, string? Trigger = null);

/// <summary>An activity threw: nothing was recorded, an operator sees the incident.</summary>
/// <param name="incidentId">The incident that was stored.</param>
/// <param name="inner">What the activity threw.</param>
public sealed class StepFaultedException(Id<Incidents.Incident> incidentId, Exception inner)
    : Exception("系统处理出错，什么都没有记录，已通知管理员。", inner)
{
    /// <summary>The stored incident.</summary>
    public Id<Incidents.Incident> IncidentId { get; } = incidentId;
}
