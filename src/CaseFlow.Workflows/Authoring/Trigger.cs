namespace CaseFlow.Workflows;

/// <summary>An activity that an outside event resumes, and that may start a workflow.</summary>
public abstract class Trigger : Activity
{
    /// <inheritdoc cref="Activity(string?, int?)"/>
    protected Trigger(string? source = null, int? line = null)
        : base(source, line)
    {
    }

    /// <inheritdoc cref="Activity(string, int, string?, int?)"/>
    protected Trigger(string activityType, int version = 1, string? source = null, int? line = null)
        : base(activityType, version, source, line)
    {
    }

    /// <summary>The payload under which a published definition listens for events that start it.</summary>
    protected virtual object GetTriggerPayload(TriggerIndexingContext context) => new();

    internal object TriggerPayload(TriggerIndexingContext context) => GetTriggerPayload(context);
}

/// <summary>A trigger with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public abstract class Trigger<T> : Trigger
{
    /// <inheritdoc cref="Activity(string?, int?)"/>
    protected Trigger(string? source = null, int? line = null)
        : base(source, line)
    {
    }

    /// <inheritdoc cref="Activity(string, int, string?, int?)"/>
    protected Trigger(string activityType, int version = 1, string? source = null, int? line = null)
        : base(activityType, version, source, line)
    {
    }

    /// <summary>The result of the trigger.</summary>
    [Output]
    public Output<T>? Result { get; set; }
}
