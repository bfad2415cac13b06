namespace CaseFlow.Workflows.Activities;

/// <summary>The activity types of the engine.</summary>
internal static class BuiltInActivities
{
    public static readonly Type[] Types =
    [
        typeof(Break), typeof(Complete), typeof(Correlate), typeof(Delay), typeof(DispatchWorkflow), typeof(End), typeof(Event),
        typeof(ExecuteWorkflow), typeof(Fault), typeof(Finish), typeof(FlowDecision), typeof(FlowFork), typeof(FlowJoin), typeof(FlowSwitch),
        typeof(Flowchart), typeof(For), typeof(ForEach), typeof(Fork), typeof(If), typeof(Parallel), typeof(ParallelForEach),
        typeof(PublishEvent), typeof(RunJavaScript), typeof(RunTask), typeof(Sequence), typeof(SetName), typeof(SetOutput),
        typeof(SetVariable), typeof(Start), typeof(StartAt), typeof(Switch), typeof(Timer), typeof(While), typeof(Workflow), typeof(WriteLine),
    ];
}
