namespace CaseFlow.Cases.Documents.Templates;

/// <summary>What a template may use up. A notice needs a small part of each.</summary>
public sealed record TemplateLimits
{
    /// <summary>Turns of all loops.</summary>
    public int Loops { get; init; } = 5_000;

    /// <summary>Depth of calls.</summary>
    public int Depth { get; init; } = 20;

    /// <summary>Characters of the result.</summary>
    public int Output { get; init; } = 400_000;

    /// <summary>Time for one rendering.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);
}
