using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Cases.Reviews;

/// <summary>The next periodic review of a case, kept by its spine; done ones stay as history.</summary>
public sealed class ReviewSchedule
{
    /// <summary>Identity.</summary>
    public Id<ReviewSchedule> Id { get; set; } = Id<ReviewSchedule>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Class A, B or C when it was scheduled.</summary>
    public string ReviewClass { get; set; } = "A";

    /// <summary>Month by whose last day it is to be finished; no rolling, a late review moves nothing.</summary>
    public Month DueMonth { get; set; }

    /// <summary>The day on which the procedure is started.</summary>
    public DateOnly StartsOn { get; set; }

    /// <summary>The procedure, once started.</summary>
    public Id<Procedure>? ProcedureId { get; set; }

    /// <summary>When it was concluded.</summary>
    public DateTimeOffset? ConcludedAt { get; set; }

    /// <summary>Conclusion: <c>Unchanged</c>, <c>Increase</c>, <c>Reduce</c>, <c>ProposeStop</c>.</summary>
    public string? Conclusion { get; set; }
}
