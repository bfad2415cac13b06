namespace CaseFlow.Workflows.State;

/// <summary>Whether an instance still runs.</summary>
public enum WorkflowStatus
{
    /// <summary>Something may still happen.</summary>
    Running,

    /// <summary>Nothing will happen any more.</summary>
    Finished,
}

/// <summary>The finer state of an instance.</summary>
public enum WorkflowSubStatus
{
    /// <summary>Created, not begun.</summary>
    Pending,

    /// <summary>A burst runs.</summary>
    Executing,

    /// <summary>Waits for a bookmark, or stopped at an incident.</summary>
    Suspended,

    /// <summary>Ended as it should.</summary>
    Finished,

    /// <summary>Ended by a cancellation.</summary>
    Cancelled,

    /// <summary>Ended by a fault.</summary>
    Faulted,
}
