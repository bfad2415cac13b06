using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Workflows.Execution;

/// <summary>Running again what has faulted.</summary>
internal static class Retries
{
    public static void Run(WorkflowExecutionContext workflow, string? activityInstanceId)
    {
        var faulted = workflow.Live()
            .Where(x => x.Status == ActivityStatus.Faulted && (activityInstanceId is null || string.Equals(x.Id, activityInstanceId, StringComparison.Ordinal)))
            .ToList();
        if (faulted.Count == 0)
        {
            throw new WorkflowRefusedException(RefusalReasons.NothingToRetry, $"Nothing in instance '{workflow.Id}' has faulted.");
        }

        foreach (var context in faulted)
        {
            workflow.Retry(context);
        }
    }
}
