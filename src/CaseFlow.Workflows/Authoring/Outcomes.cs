namespace CaseFlow.Workflows;

/// <summary>A result that names the outcomes by which a flowchart goes on.</summary>
public record Outcomes(params string[] Names)
{
    /// <summary>The outcome of an activity that names none.</summary>
    public static readonly Outcomes Default = new("Done");

    /// <summary>No outcome at all: nothing follows.</summary>
    public static readonly Outcomes Empty = new();
}
