using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Execution;
using CaseFlow.Workflows.Expressions;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows;

/// <summary>One burst of an instance.</summary>
public sealed partial class WorkflowExecutionContext
{
    /// <summary>A burst that runs more activities than this is taken for an endless loop.</summary>
    private const int MostRunsInABurst = 100_000;

    private readonly Queue<ActivityExecutionContext> queue = new();
    private readonly List<ActivityExecutionContext> touched = [];
    private readonly List<JournalEntry> journal = [];
    private readonly List<Bookmark> bookmarks = [];
    private readonly HashSet<string> bookmarksBefore = [];
    private readonly List<Incident> incidents = [];
    private readonly List<Incident> newIncidents = [];
    private readonly TimeProvider clock;
    private ScriptSession? scripts;
    private int entered;
    private long nextRun;
    private long nextSequence;

    internal WorkflowExecutionContext(
        CompiledWorkflow workflow, string instanceId, IServiceProvider services, TimeProvider clock, CancellationToken cancellationToken)
    {
        Workflow = workflow;
        Id = instanceId;
        Services = services;
        this.clock = clock;
        CancellationToken = cancellationToken;
    }

    /// <summary>The id of the instance.</summary>
    public string Id { get; }

    /// <summary>The correlation id.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>The name of the instance.</summary>
    public string? Name { get; set; }

    /// <summary>The input of the instance, and over it the data of the resume that runs now. A copy.</summary>
    public IDictionary<string, object> Input
    {
        get
        {
            var result = new Dictionary<string, object>();
            foreach (var (key, value) in StartInput.Concat(BurstInput ?? new Dictionary<string, object?>()))
            {
                result[key] = value!;
            }

            return result;
        }
    }

    /// <summary>The outputs set so far.</summary>
    public IDictionary<string, object> Output => (IDictionary<string, object>)(object)Outputs;

    /// <summary>Free properties, kept with the instance.</summary>
    public IDictionary<string, object> Properties => (IDictionary<string, object>)(object)PropertyValues;

    /// <summary>Cancels the burst.</summary>
    public CancellationToken CancellationToken { get; }

    internal CompiledWorkflow Workflow { get; }

    internal IServiceProvider Services { get; }

    internal Dictionary<string, object?> StartInput { get; set; } = [];

    internal IReadOnlyDictionary<string, object?>? BurstInput { get; set; }

    internal Dictionary<string, object?> Outputs { get; set; } = [];

    internal Dictionary<string, object?> PropertyValues { get; set; } = [];

    internal FaultHandling Faults { get; init; }

    internal Func<string, CancellationToken, ValueTask<bool>>? CanStart { get; init; }

    internal IReadOnlyList<SkipOverride> Skips { get; init; } = [];

    internal ActivityNode? Trigger { get; set; }

    internal ActivityExecutionContext? Root { get; private set; }

    internal bool Finished { get; private set; }

    internal bool Faulted { get; set; }

    internal List<PublishedEvent> Events { get; } = [];

    internal List<DispatchedWorkflow> Dispatched { get; } = [];

    internal List<string> Lines { get; } = [];

    internal ScriptSession Scripts => scripts ??= new ScriptSession(this);

    internal IReadOnlyList<Bookmark> Bookmarks => bookmarks;

    internal DateTimeOffset Now => clock.GetUtcNow();

    internal string RunId(long run) => $"{Id}-{run}";

    /// <summary>Schedules the root of a new instance.</summary>
    internal void Begin()
    {
        Root = new ActivityExecutionContext(this, Workflow.Root, null);
        queue.Enqueue(Root);
    }

    internal ActivityExecutionContext Schedule(ActivityNode node, ActivityExecutionContext parent)
    {
        var context = new ActivityExecutionContext(this, node, parent);
        parent.AddChild(context);
        queue.Enqueue(context);
        return context;
    }

    /// <summary>The child of a container on the way to the trigger that started the instance; null where there is none.</summary>
    internal ActivityNode? TakeTriggerIn(ActivityNode container)
    {
        for (var node = Trigger; node is not null; node = node.Parent)
        {
            if (ReferenceEquals(node.Parent, container))
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Whether an activity is the trigger that started the instance, and has not run yet.</summary>
    internal bool TakeTrigger(ActivityExecutionContext context)
    {
        if (!ReferenceEquals(Trigger, context.Node))
        {
            return false;
        }

        Trigger = null;
        return true;
    }

    /// <summary>Runs until every branch waits or has ended.</summary>
    internal async ValueTask DrainAsync()
    {
        while (queue.TryDequeue(out var context))
        {
            if (Finished || context.Status != ActivityStatus.Pending || context.ParentActivityExecutionContext is { Status: not ActivityStatus.Running })
            {
                continue;
            }

            CancellationToken.ThrowIfCancellationRequested();
            if (++entered > MostRunsInABurst)
            {
                context.Run = context.Run < 0 ? nextRun++ : context.Run;
                context.StartedAt = Now;
                RecordFault(context, new InvalidOperationException(
                    $"More than {MostRunsInABurst} activities ran in one burst; a loop probably never waits and never ends."));
                continue;
            }

            await EnterAsync(context);
        }
    }

    private async ValueTask EnterAsync(ActivityExecutionContext context)
    {
        if (context.Run < 0)
        {
            context.Run = nextRun++;
            context.Touched = true;
            touched.Add(context);
        }

        context.StartedAt = Now;
        context.Status = ActivityStatus.Running;
        try
        {
            DeclareVariables(context);
            Write(context, "Started");
            if (StrandedJoinException.FromTag(context) is { } stranded && SkipFor(context) is null)
            {
                throw stranded;
            }

            if (SkipFor(context) is { } skip)
            {
                context.JournalData["Skipped"] = skip.Reason;
                await CompleteAsync(context, new Outcomes(skip.Outcome ?? "Done"));
                return;
            }

            if (!await context.Node.Activity.MayRunAsync(context))
            {
                context.Status = ActivityStatus.Pending;
                return;
            }

            EvaluateInputs(context);
            context.CreatedBookmark = false;
            await context.Node.Activity.RunAsync(context);
            await SettleAsync(context);
        }
        catch (Exception e) when (IsFault(e))
        {
            RecordFault(context, e);
        }
    }

    /// <summary>After an activity was entered or resumed: it waits, completes by itself, or goes on by its children.</summary>
    private ValueTask SettleAsync(ActivityExecutionContext context)
    {
        if (context.Status != ActivityStatus.Running || Finished)
        {
            return ValueTask.CompletedTask;
        }

        if (context.CreatedBookmark)
        {
            context.CreatedBookmark = false;
            Write(context, "Suspended");
            return ValueTask.CompletedTask;
        }

        return context.Node.Activity.CompletesByItself && context.Children is not { Count: > 0 }
            ? CompleteAsync(context, null)
            : ValueTask.CompletedTask;
    }

    private SkipOverride? SkipFor(ActivityExecutionContext context)
    {
        foreach (var skip in Skips)
        {
            if (string.Equals(skip.NodeId, context.NodeId, StringComparison.Ordinal))
            {
                return skip;
            }
        }

        return null;
    }

    private static void DeclareVariables(ActivityExecutionContext context)
    {
        var slots = context.Node.Variables;
        if (slots.Length == 0)
        {
            return;
        }

        var values = new object?[slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            values[i] = slots[i].Fresh();
        }

        context.VariableValues = values;
    }

    private static void EvaluateInputs(ActivityExecutionContext context)
    {
        var inputs = context.Node.Inputs;
        if (inputs.Length == 0)
        {
            return;
        }

        context.InputValues = ActivityExecutionContext.NewInputValues(inputs.Length);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Descriptor.AutoEvaluate)
            {
                if (inputs[i].Evaluator is null)
                {
                    context.InputValues[i] = inputs[i].PlainValue;
                }
                else
                {
                    context.EvaluateInput(i, inputs[i]);
                }
            }
        }
    }

    private bool IsFault(Exception e) =>
        e is not ActivityFaultException && !(e is OperationCanceledException && CancellationToken.IsCancellationRequested);

    private void Write(ActivityExecutionContext context, string eventName, string? message = null)
    {
        var node = context.Node;
        journal.Add(new JournalEntry
        {
            Sequence = nextSequence++,
            EventName = eventName,
            ActivityId = node.ActivityId,
            NodeId = node.NodeId,
            ActivityType = node.TypeName,
            ActivityTypeVersion = node.Activity.Version,
            ActivityName = node.Name,
            Run = context.Run,
            ParentRun = context.ParentActivityExecutionContext?.Run,
            Timestamp = Now,
            Message = message,
        });
    }
}
