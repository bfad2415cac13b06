namespace CaseFlow.Workflows;

/// <summary>The state of one run of an activity.</summary>
public enum ActivityStatus
{
    /// <summary>Scheduled, not begun.</summary>
    Pending,

    /// <summary>Begun; it may be waiting for a bookmark or for children.</summary>
    Running,

    /// <summary>Ended as it should.</summary>
    Completed,

    /// <summary>Withdrawn.</summary>
    Canceled,

    /// <summary>Failed; its incident says why.</summary>
    Faulted,
}
