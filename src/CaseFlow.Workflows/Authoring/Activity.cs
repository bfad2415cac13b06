using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Workflows;

/// <summary>Base class of every activity.</summary>
public abstract class Activity : IActivity
{
    /// <summary>Creates the activity with the type name that its <see cref="ActivityAttribute"/> states.</summary>
    protected Activity(string? source = null, int? line = null)
    {
        var (type, version) = ActivityTypeName.Of(GetType());
        Type = type;
        Version = version;
        Source = source;
        Line = line;
    }

    /// <summary>Creates the activity with an explicit type name.</summary>
    protected Activity(string activityType, int version = 1, string? source = null, int? line = null)
    {
        Type = activityType;
        Version = version;
        Source = source;
        Line = line;
    }

    /// <inheritdoc />
    public string Id { get; set; } = "";

    /// <inheritdoc />
    public string NodeId { get; set; } = "";

    /// <inheritdoc />
    public string? Name { get; set; }

    /// <inheritdoc />
    public string Type { get; set; }

    /// <inheritdoc />
    public int Version { get; set; }

    /// <inheritdoc />
    public bool? CanStartWorkflow { get; set; }

    /// <inheritdoc />
    public bool? RunAsynchronously { get; set; }

    /// <inheritdoc />
    public IDictionary<string, object> CustomProperties { get; set; } = new Dictionary<string, object>();

    /// <inheritdoc />
    public IDictionary<string, object> Metadata { get; set; } = new Dictionary<string, object>();

    internal string? Source { get; }

    internal int? Line { get; }

    /// <summary>Runs the activity. An activity that neither completes nor waits stays running.</summary>
    protected virtual ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        Execute(context);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs the activity, for activities without asynchronous work.</summary>
    protected virtual void Execute(ActivityExecutionContext context)
    {
    }

    /// <summary>Says whether the activity may run now; where it may not, it stays pending.</summary>
    protected virtual ValueTask<bool> CanExecuteAsync(ActivityExecutionContext context) => ValueTask.FromResult(CanExecute(context));

    /// <summary>Says whether the activity may run now, for activities without asynchronous work.</summary>
    protected virtual bool CanExecute(ActivityExecutionContext context) => true;

    /// <summary>Completes the activity with the outcome Done.</summary>
#pragma warning disable CA1822 // An instance method on Elsa, and activities call it as one.
    protected ValueTask CompleteAsync(ActivityExecutionContext context) => context.CompleteActivityAsync();
#pragma warning restore CA1822

    /// <summary>Whether the activity completes by itself when nothing waits after <see cref="ExecuteAsync"/>.</summary>
    internal virtual bool CompletesByItself => false;

    internal ValueTask RunAsync(ActivityExecutionContext context) => ExecuteAsync(context);

    internal ValueTask<bool> MayRunAsync(ActivityExecutionContext context) => CanExecuteAsync(context);

    /// <summary>Called on a container when one of its children has completed; containers of the engine override it.</summary>
    internal virtual ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        ValueTask.CompletedTask;

    /// <summary>Called on a container when one of its children was cancelled from elsewhere.</summary>
    internal virtual ValueTask OnChildCanceledAsync(ActivityExecutionContext context, ActivityExecutionContext child) =>
        ValueTask.CompletedTask;
}

/// <summary>An activity with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public abstract class Activity<T> : Activity
{
    /// <inheritdoc cref="Activity(string?, int?)"/>
    protected Activity(string? source = null, int? line = null)
        : base(source, line)
    {
    }

    /// <inheritdoc cref="Activity(string, int, string?, int?)"/>
    protected Activity(string activityType, int version = 1, string? source = null, int? line = null)
        : base(activityType, version, source, line)
    {
    }

    /// <summary>The result of the activity.</summary>
    [Output]
    public Output<T>? Result { get; set; }
}

/// <summary>An activity that completes by itself after <c>ExecuteAsync</c>, unless it created a bookmark.</summary>
public abstract class CodeActivity : Activity
{
    /// <inheritdoc cref="Activity(string?, int?)"/>
    protected CodeActivity(string? source = null, int? line = null)
        : base(source, line)
    {
    }

    /// <inheritdoc cref="Activity(string, int, string?, int?)"/>
    protected CodeActivity(string activityType, int version = 1, string? source = null, int? line = null)
        : base(activityType, version, source, line)
    {
    }

    internal override bool CompletesByItself => true;
}

/// <summary>A code activity with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public abstract class CodeActivity<T> : CodeActivity
{
    /// <inheritdoc cref="Activity(string?, int?)"/>
    protected CodeActivity(string? source = null, int? line = null)
        : base(source, line)
    {
    }

    /// <inheritdoc cref="Activity(string, int, string?, int?)"/>
    protected CodeActivity(string activityType, int version = 1, string? source = null, int? line = null)
        : base(activityType, version, source, line)
    {
    }

    /// <summary>The result of the activity.</summary>
    [Output]
    public Output<T>? Result { get; set; }
}
