using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Expressions;

namespace CaseFlow.Workflows.Activities;

/// <summary>An activity that declares variables of its own, such as a loop.</summary>
internal interface IScopedActivity
{
    IReadOnlyList<VariableSlot> OwnVariables { get; }
}

/// <summary>A loop, which Break ends.</summary>
internal interface ILoop;

/// <summary>An activity with labelled cases.</summary>
internal interface ISwitchActivity
{
    bool HasBranches { get; }

    void AddCase(string label, Evaluator? condition);

    void SetBranch(int index, ActivityNode branch);
}

/// <summary>How a join of a flowchart brings branches together.</summary>
internal enum FlowJoinMode
{
    /// <summary>Waits for every inbound connection.</summary>
    WaitAll,

    /// <summary>Waits for those that can still arrive.</summary>
    WaitAllActive,

    /// <summary>Goes on with the first and cancels the others.</summary>
    WaitAny,
}

/// <summary>Which of the matching cases follow.</summary>
internal enum SwitchMode
{
    /// <summary>The first.</summary>
    MatchFirst,

    /// <summary>All.</summary>
    MatchAny,
}

/// <summary>When a Fork completes.</summary>
internal enum ForkJoinMode
{
    /// <summary>When all branches have.</summary>
    WaitAll,

    /// <summary>When one branch has.</summary>
    WaitAny,
}

/// <summary>A case of Switch.</summary>
internal sealed class SwitchCase
{
    public string Label { get; set; } = "";

    public Evaluator? Condition { get; set; }

    public ActivityNode? Branch { get; set; }
}

/// <summary>A case of FlowSwitch.</summary>
internal sealed class FlowSwitchCase
{
    public string Label { get; set; } = "";

    public Evaluator? Condition { get; set; }
}

/// <summary>What the activity Fault raises.</summary>
internal sealed class FaultException(string? code, string? category, string? faultType, string message) : Exception(message)
{
    public string? Code { get; } = code;

    public string? Category { get; } = category;

    public string? FaultType { get; } = faultType;
}
