namespace CaseFlow.Server.Components;

/// <summary>A verb in a <see cref="MoreMenu"/>.</summary>
/// <param name="Label">The verb.</param>
/// <param name="Icon">Icon.</param>
/// <param name="Href">Where it is done: a page or a place in this page.</param>
/// <param name="Meaning">What it does, short.</param>
/// <param name="WhyNot">Why it is not available now; null if it is.</param>
/// <param name="Key">Its single-key shortcut, if any.</param>
public sealed record MoreMenuItem(string Label, string Icon, string Href, string? Meaning = null, string? WhyNot = null, string? Key = null);
