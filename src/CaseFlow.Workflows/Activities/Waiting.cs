using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Execution;
using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Workflows.Activities;

/// <summary>Waits for some time.</summary>
[Activity("Elsa", "Scheduling", "Delay execution for the specified amount of time.")]
[BuiltIn("UnregisteredClrType:Elsa.Scheduling.Activities.Delay, Elsa.Scheduling")]
internal sealed class Delay : Activity
{
    /// <summary>How long.</summary>
    [Input(DisplayName = "Time Span", Description = "The timespan to delay workflow execution.", DefaultValue = "00:01:00")]
    public Input<TimeSpan>? TimeSpan { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var at = context.WorkflowExecutionContext.Now + TimeSpan.GetOrDefault(context);
        context.WorkflowExecutionContext.AddBookmark(context, new CreateBookmarkArgs { Stimulus = new DelayStimulus(at) }, at);
    }
}

/// <summary>Waits until a moment; one that has passed does not wait.</summary>
[Activity("Elsa", "Scheduling", "Trigger execution at a specific time in the future.", Kind = ActivityKind.Trigger, DisplayName = "Start at")]
[BuiltIn("UnregisteredClrType:Elsa.Scheduling.Activities.StartAt, Elsa.Scheduling")]
internal sealed class StartAt : Trigger
{
    /// <summary>The moment.</summary>
    [Input(DisplayName = "Date Time")]
    public Input<DateTimeOffset>? DateTime { get; set; }

    protected override object GetTriggerPayload(TriggerIndexingContext context) => new StartAtStimulus(context.Get(DateTime));

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var now = context.WorkflowExecutionContext.Now;
        var at = DateTime.GetOrDefault(context);
        if (context.WorkflowExecutionContext.TakeTrigger(context) || at <= now)
        {
            context.JournalData["Executed At"] = now;
            return context.CompleteActivityAsync();
        }

        context.WorkflowExecutionContext.AddBookmark(context, new CreateBookmarkArgs { Stimulus = new StartAtStimulus(at) }, at);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Starts a workflow again and again, or waits once in the middle of a flow.</summary>
[Activity("Elsa", "Scheduling", "Trigger workflow execution at a specific interval.", Kind = ActivityKind.Trigger)]
[BuiltIn("UnregisteredClrType:Elsa.Scheduling.Activities.Timer, Elsa.Scheduling")]
internal sealed class Timer : Trigger
{
    /// <summary>The interval.</summary>
    [Input(Description = "The interval at which the timer should execute.", DefaultValue = "00:01:00")]
    public Input<TimeSpan>? Interval { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.WorkflowExecutionContext.TakeTrigger(context))
        {
            return context.CompleteActivityAsync();
        }

        var at = context.WorkflowExecutionContext.Now + Interval.GetOrDefault(context);
        context.WorkflowExecutionContext.AddBookmark(context, new CreateBookmarkArgs { Stimulus = new DelayStimulus(at) }, at);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Waits for an event, or starts a workflow by it.</summary>
[Activity("Elsa", "Primitives", "Wait for an event to be published.", Kind = ActivityKind.Trigger)]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Runtime.Activities.Event, Elsa.Workflows.Runtime")]
internal sealed class Event : Trigger
{
    /// <summary>The key under which a resume brings the payload.</summary>
    internal const string PayloadKey = "__EventPayload";

    /// <summary>The name of the event.</summary>
    [Input(Description = "The name of the event to listen for.")]
    public Input<string>? EventName { get; set; }

    /// <summary>The payload of the event.</summary>
    [Output]
    public Output<object>? Result { get; set; }

    protected override object GetTriggerPayload(TriggerIndexingContext context) => new EventStimulus(context.Get(EventName) ?? "");

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.WorkflowExecutionContext.TakeTrigger(context))
        {
            return ResumeAsync(context);
        }

        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new EventStimulus(EventName.GetOrDefault(context) ?? ""), Callback = ResumeAsync });
        return ValueTask.CompletedTask;
    }

    private ValueTask ResumeAsync(ActivityExecutionContext context)
    {
        Result.Set(context, context.GetWorkflowInput<object>(PayloadKey));
        return context.CompleteActivityAsync();
    }
}

/// <summary>Publishes an event; it is delivered after the burst.</summary>
[Activity("Elsa", "Primitives", "Publishes an event.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Runtime.Activities.PublishEvent, Elsa.Workflows.Runtime")]
internal sealed class PublishEvent : CodeActivity
{
    /// <summary>The name of the event.</summary>
    [Input(Description = "The name of the event to publish.")]
    public Input<string>? EventName { get; set; }

    /// <summary>The correlation id of those who get it; all get it where there is none.</summary>
    [Input(Description = "The correlation ID to scope the event to.")]
    public Input<string>? CorrelationId { get; set; }

    /// <summary>Whether only this instance gets it.</summary>
    [Input(DisplayName = "Local event", Description = "Whether the event is local to the workflow. When checked, the event will be delivered to this workflow instance only.")]
    public Input<bool>? IsLocalEvent { get; set; }

    /// <summary>The payload.</summary>
    [Input(Description = "The payload to send as the event body.")]
    public Input<object>? Payload { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var correlation = CorrelationId.GetOrDefault(context);
        context.WorkflowExecutionContext.Events.Add(new PublishedEvent(
            EventName.GetOrDefault(context) ?? "",
            string.IsNullOrEmpty(correlation) ? null : correlation,
            Payload.GetOrDefault(context),
            IsLocalEvent.GetOrDefault(context)));
    }
}

/// <summary>Asks for a task to be done, and waits for its result.</summary>
[Activity("Elsa", "Primitives", "Requests a given task to be run. ")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Runtime.Activities.RunTask, Elsa.Workflows.Runtime")]
internal sealed class RunTask : Activity
{
    /// <summary>The key under which a resume brings the result.</summary>
    internal const string ResultKey = "RunTaskInput";

    /// <summary>The name of the task.</summary>
    [Input(Description = "The name of the task being requested.")]
    public Input<string>? TaskName { get; set; }

    /// <summary>Parameters of the task.</summary>
    [Input(Description = "Any additional parameters to send to the task.", UIHint = InputUIHints.DropDown)]
    public Input<IDictionary<string, object>>? Payload { get; set; }

    /// <summary>The id of the task.</summary>
    [Output]
    public Output<string>? TaskId { get; set; }

    /// <summary>The result of the task.</summary>
    [Output]
    public Output<object>? Result { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var id = Ids.New();
        TaskId.Set(context, id);
        context.CreateBookmark(new CreateBookmarkArgs
        {
            Stimulus = new RunTaskStimulus(id, TaskName.GetOrDefault(context) ?? ""),
            Callback = ResumeAsync,
        });
    }

    private ValueTask ResumeAsync(ActivityExecutionContext context)
    {
        Result.Set(context, context.GetWorkflowInput<object>(ResultKey));
        return context.CompleteActivityAsync();
    }
}

/// <summary>Starts another workflow, and waits for its end where asked to.</summary>
[Activity("Elsa", "Composition", "Create a new workflow instance of the specified workflow and dispatch it for execution.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Runtime.Activities.DispatchWorkflow, Elsa.Workflows.Runtime")]
internal sealed class DispatchWorkflow : Activity
{
    /// <summary>The key under which a resume brings the outputs of the child.</summary>
    internal const string OutputKey = "__ChildOutput";

    /// <summary>The definition.</summary>
    [Input(DisplayName = "Workflow Definition", Description = "The definition ID of the workflow to dispatch.", UIHint = InputUIHints.WorkflowDefinitionPicker)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    /// <summary>The correlation id of the new instance.</summary>
    [Input(DisplayName = "Correlation ID", Description = "The correlation ID to associate the workflow with.")]
    public Input<string>? CorrelationId { get; set; }

    /// <summary>The input of the new instance.</summary>
    [Input(Description = "The input to send to the workflow.", UIHint = InputUIHints.DropDown)]
    public Input<IDictionary<string, object>>? Input { get; set; }

    /// <summary>Whether to wait for its end.</summary>
    [Input(DisplayName = "Wait for Completion", Description = "Wait for the child workflow to complete before completing this activity.")]
    public Input<bool>? WaitForCompletion { get; set; }

    /// <summary>Kept for the designer, not used.</summary>
    [Input(Description = "Start a new trace context when using Open Telemetry.", Category = "Open Telemetry")]
    public Input<bool>? StartNewTrace { get; set; }

    /// <summary>Kept for the designer, not used.</summary>
    [Input(DisplayName = "Channel", Description = "The channel to dispatch the workflow to.", UIHint = InputUIHints.DropDown)]
    public Input<string>? ChannelName { get; set; }

    /// <summary>The outputs of the child.</summary>
    [Output]
    public Output<object>? Result { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        Dispatching.StartAsync(
            context,
            WorkflowDefinitionId.GetOrDefault(context),
            CorrelationId.GetOrDefault(context),
            Input.GetOrDefault(context),
            WaitForCompletion.GetOrDefault(context) ? ResumeAsync : null);

    private ValueTask ResumeAsync(ActivityExecutionContext context)
    {
        Result.Set(context, context.GetWorkflowInput<object>(OutputKey));
        return context.CompleteActivityAsync();
    }
}

/// <summary>Starts another workflow, and waits for its end where asked to.</summary>
[Activity("Elsa", "Composition", "Create a new workflow instance of the specified workflow and execute it.", Kind = ActivityKind.Task)]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Runtime.Activities.ExecuteWorkflow, Elsa.Workflows.Runtime")]
internal sealed class ExecuteWorkflow : Activity
{
    /// <summary>The definition.</summary>
    [Input(DisplayName = "Workflow Definition", Description = "The definition ID of the workflow to execute.", UIHint = InputUIHints.WorkflowDefinitionPicker)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    /// <summary>The correlation id of the new instance.</summary>
    [Input(DisplayName = "Correlation ID", Description = "The correlation ID to associate the workflow with.")]
    public Input<string>? CorrelationId { get; set; }

    /// <summary>The input of the new instance.</summary>
    [Input(Description = "The input to send to the workflow.", UIHint = InputUIHints.DropDown)]
    public Input<IDictionary<string, object>>? Input { get; set; }

    /// <summary>Whether to wait for its end.</summary>
    [Input(DisplayName = "Wait for Completion", Description = "Wait for the child workflow to complete before completing this activity.")]
    public Input<bool>? WaitForCompletion { get; set; }

    /// <summary>The outputs of the child.</summary>
    [Output]
    public Output<ExecuteWorkflowResult>? Result { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        Dispatching.StartAsync(
            context,
            WorkflowDefinitionId.GetOrDefault(context),
            CorrelationId.GetOrDefault(context),
            Input.GetOrDefault(context),
            WaitForCompletion.GetOrDefault(context) ? ResumeAsync : null);

    private static ValueTask ResumeAsync(ActivityExecutionContext context)
    {
        context.SetResult(context.GetWorkflowInput<object>(DispatchWorkflow.OutputKey));
        return context.CompleteActivityAsync();
    }
}

/// <summary>Starting of child instances.</summary>
internal static class Dispatching
{
    public static async ValueTask StartAsync(
        ActivityExecutionContext context, string? definitionId, string? correlationId, IDictionary<string, object>? input, ExecuteActivityDelegate? callback)
    {
        if (string.IsNullOrEmpty(definitionId))
        {
            throw new InvalidOperationException("No workflow definition is named.");
        }

        if (context.WorkflowExecutionContext.CanStart is { } canStart && !await canStart(definitionId, context.CancellationToken))
        {
            throw new InvalidOperationException($"There is no published definition '{definitionId}' to start.");
        }

        var values = (input ?? new Dictionary<string, object>()).ToDictionary(p => p.Key, p => (object?)p.Value);
        var bookmark = callback is null ? null : context.CreateBookmark(new CreateBookmarkArgs { Callback = callback, IncludeActivityInstanceId = true });
        context.WorkflowExecutionContext.Dispatched.Add(
            new DispatchedWorkflow(definitionId, string.IsNullOrEmpty(correlationId) ? null : correlationId, values, bookmark?.Id));
        if (bookmark is null)
        {
            await context.CompleteActivityAsync();
        }
    }
}

/// <summary>The declared type of the result of ExecuteWorkflow; its value is the dictionary of the child's outputs.</summary>
internal sealed class ExecuteWorkflowResult
{
}

/// <summary>What Delay and Timer wait for.</summary>
internal sealed record DelayStimulus(DateTimeOffset ResumeAt);

/// <summary>What StartAt waits for.</summary>
internal sealed record StartAtStimulus(DateTimeOffset ExecuteAt);

/// <summary>What Event waits for.</summary>
internal sealed record EventStimulus(string EventName);

/// <summary>What RunTask waits for.</summary>
internal sealed record RunTaskStimulus(string TaskId, string TaskName);
