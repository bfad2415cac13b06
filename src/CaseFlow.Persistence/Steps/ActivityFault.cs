using CaseFlow.Cases.Procedures;
using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Persistence.Steps;

/// <summary>An activity threw: where, and what.</summary>
/// <param name="InstanceId">The instance, if known.</param>
/// <param name="NodeId">The node.</param>
/// <param name="Cause">What the activity threw.</param>
internal sealed record ActivityFault(string? InstanceId, string NodeId, Exception Cause)
{
    /// <summary>Finds the report of a fault in a chain of exceptions.</summary>
    public static ActivityFault? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            switch (exception)
            {
                case WorkflowFaultException fault:
                    return new ActivityFault(fault.InstanceId, fault.NodeId, fault.InnerException ?? fault);
                case ActivityFaultException fault:
                    return new ActivityFault(null, fault.Incident.NodeId, fault.InnerException ?? fault);
            }
        }

        return null;
    }
}
