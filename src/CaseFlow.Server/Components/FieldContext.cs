namespace CaseFlow.Server.Components;

/// <summary>What a control needs so that its label, hint and error belong to it.</summary>
/// <param name="Name">Name in the form.</param>
/// <param name="HasHint">Whether a hint stands above it.</param>
/// <param name="Error">What is wrong; null if nothing is.</param>
public sealed record FieldContext(string Name, bool HasHint, string? Error)
{
    /// <summary>Element id of the control.</summary>
    public string Id => FormErrors.IdOf(Name);

    /// <summary>Element id of the hint.</summary>
    public string? HintId => HasHint ? Id + "-hint" : null;

    /// <summary>Element id of the error.</summary>
    public string? ErrorId => Error is null ? null : Id + "-error";

    /// <summary>Value of <c>aria-describedby</c>; null where nothing describes it.</summary>
    public string? DescribedBy => (HintId, ErrorId) switch
    {
        (null, null) => null,
        (null, { } error) => error,
        ({ } hint, null) => hint,
        ({ } hint, { } error) => $"{error} {hint}",
    };

    /// <summary>Value of <c>aria-invalid</c>.</summary>
    public string? Invalid => Error is null ? null : "true";
}
