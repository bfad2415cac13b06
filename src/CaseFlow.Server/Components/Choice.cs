namespace CaseFlow.Server.Components;

/// <summary>An option of a choice.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Label">What the person reads.</param>
/// <param name="Meaning">What it means or what follows, short.</param>
/// <param name="Key">Its single-key shortcut, if any; choosing never submits.</param>
public sealed record Choice(string Value, string Label, string? Meaning = null, string? Key = null);
