using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Flowchart;

namespace CaseFlow.Workflows;

/// <summary>One run of an activity.</summary>
public sealed partial class ActivityExecutionContext
{
    private Dictionary<string, object>? properties;
    private Dictionary<string, object>? transientProperties;
    private Dictionary<string, object>? journalData;
    private string? id;

    internal ActivityExecutionContext(WorkflowExecutionContext workflow, ActivityNode node, ActivityExecutionContext? parent)
    {
        WorkflowExecutionContext = workflow;
        Node = node;
        ParentActivityExecutionContext = parent;
        Run = -1;
    }

    /// <summary>The id of this run of the activity, unique over all instances.</summary>
    public string Id => id ??= WorkflowExecutionContext.RunId(Run);

    /// <summary>The activity, shared by all instances.</summary>
    public IActivity Activity => Node.Activity;

    /// <summary>The path from the workflow to the activity.</summary>
    public string NodeId => Node.NodeId;

    /// <summary>The instance.</summary>
    public WorkflowExecutionContext WorkflowExecutionContext { get; }

    /// <summary>The run of the activity that scheduled this one; null for the workflow itself.</summary>
    public ActivityExecutionContext? ParentActivityExecutionContext { get; }

    /// <summary>Cancels the burst.</summary>
    public CancellationToken CancellationToken => WorkflowExecutionContext.CancellationToken;

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>The state of the run.</summary>
    public ActivityStatus Status { get; internal set; }

    /// <summary>Data of the run that is kept with the instance.</summary>
    public IDictionary<string, object> Properties => properties ??= [];

    /// <summary>Data of the run that is lost at the end of the burst.</summary>
    public IDictionary<string, object> TransientProperties => transientProperties ??= [];

    /// <summary>Data of the run that is shown in the journal.</summary>
    public IDictionary<string, object> JournalData => journalData ??= [];

    internal ActivityNode Node { get; }

    internal long Run { get; set; }

    internal DateTimeOffset? CompletedAt { get; set; }

    internal object?[]? InputValues { get; set; }

    internal object?[]? OutputValues { get; set; }

    internal object?[]? VariableValues { get; set; }

    internal Dictionary<string, object?>? DynamicVariables { get; set; }

    internal Dictionary<string, object?>? ScopeOutputs { get; set; }

    internal Dictionary<string, object>? PropertiesOrNull
    {
        get => properties;
        set => properties = value;
    }

    internal Dictionary<string, object>? JournalDataOrNull
    {
        get => journalData;
        set => journalData = value;
    }

    internal List<ActivityExecutionContext>? Children { get; set; }

    internal string[]? OutcomeNames { get; set; }

    internal string[]? PendingOutcomes { get; set; }

    internal bool Breaking { get; set; }

    /// <summary>Whether an input is being evaluated that does not see the variables which the activity brings for its body.</summary>
    internal bool HidesVariables { get; private set; }

    /// <summary>The variables that an expression evaluated now may see here.</summary>
    internal VariableSlot[] VisibleVariables => HidesVariables ? [] : Node.Variables;

    internal FlowScope? Flow { get; set; }

    internal string? CallbackName { get; set; }

    internal ActivityCompletionCallback? Callback { get; set; }

    /// <summary>What the scheduler gave this run, such as the key of a branch; kept with the instance.</summary>
    internal string? Tag { get; set; }

    /// <summary>Whether a bookmark was created since the activity was last entered.</summary>
    internal bool CreatedBookmark { get; set; }

    /// <summary>Whether this burst began or changed the run.</summary>
    internal bool Touched { get; set; }

    /// <summary>How many bookmarks wait for the run.</summary>
    internal int BookmarkCount { get; set; }

    internal bool IsLive => Status is ActivityStatus.Pending or ActivityStatus.Running or ActivityStatus.Faulted;

    internal void AddChild(ActivityExecutionContext child) => (Children ??= new List<ActivityExecutionContext>(2)).Add(child);
}
