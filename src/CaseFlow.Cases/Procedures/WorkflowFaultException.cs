namespace CaseFlow.Cases.Procedures;

/// <summary>An activity of a workflow threw: the step is undone and an incident is stored (see <see cref="Kernel.StepFaultedException"/>).</summary>
/// <param name="instanceId">The instance.</param>
/// <param name="nodeId">The node that threw.</param>
/// <param name="inner">What it threw.</param>
public sealed class WorkflowFaultException(string instanceId, string nodeId, Exception inner)
    : Exception($"{nodeId}: {inner.Message}", inner)
{
    /// <summary>The instance; for a procedure its id as text.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>The node that threw.</summary>
    public string NodeId { get; } = nodeId;
}
