using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Execution;

/// <summary>Makes incidents of exceptions.</summary>
internal static class Incidents
{
    public static Incident Of(ActivityExecutionContext context, Exception e, DateTimeOffset now)
    {
        var causes = new List<string>();
        for (var inner = e.InnerException; inner is not null; inner = inner.InnerException)
        {
            causes.Add(inner.Message);
        }

        return new Incident
        {
            ActivityId = context.Node.ActivityId,
            NodeId = context.NodeId,
            ActivityType = context.Node.TypeName,
            ActivityInstanceId = context.Id,
            Message = e.Message,
            ExceptionType = e switch
            {
                InputEvaluationException => "System.Exception",
                Activities.FaultException => "Elsa.Workflows.Exceptions.FaultException",
                _ => e.GetType().FullName,
            },
            ExceptionMessage = e.Message,
            Causes = causes,
            StackTrace = e.ToString(),
            Timestamp = now,
        };
    }
}
