using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CaseFlow.Workflows.Tests.Samples;

/// <summary>A difference that is meant: where, what we do, and why. Listed in <c>deviations.json</c>, explained in <c>docs/elsa-compatibility.md</c>.</summary>
internal sealed record Deviation(string Sample, string Path, JsonNode? Ours, string Reason)
{
    public bool Covers(string sample, Difference difference) =>
        Matches(Sample, sample) && Matches(Path, difference.Path)
        && (Ours is null || string.Equals(Ours.ToJsonString(), difference.Actual, StringComparison.Ordinal));

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.None, TimeSpan.FromSeconds(1));
}

internal static class Deviations
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public static IReadOnlyList<Deviation> All { get; } =
        JsonSerializer.Deserialize<List<Deviation>>(File.ReadAllText(Path.Combine(Sample.Folder, "deviations.json")), Options)!;
}
