using System.Text.Json.Nodes;

namespace CaseFlow.Workflows.Tests.Samples;

/// <summary>
/// Definitions of every activity and expression kind end as reasoned. An expectation says only what matters: members that it
/// leaves out are not compared, and of incidents, variables, outcomes and states only those members that it names. A journal is
/// written <c>A+</c> started, <c>A-</c> completed, <c>A~</c> suspended, <c>A&gt;</c> resumed, <c>A#</c> cancelled, <c>A!</c> faulted.
/// </summary>
public sealed class ReasonedSampleTests
{
    public static TheoryData<string> Names => [.. ReasonedSample.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_definition_ends_as_reasoned(string name)
    {
        var expected = await ReasonedSample.ExpectedAsync(name, TestContext.Current.CancellationToken);
        var actual = await ReasonedSample.RunAsync(name, TestContext.Current.CancellationToken);
        var differences = new List<string>();
        foreach (var (member, value) in expected.Where(x => x.Key is not ("why" or "started" or "resumed")))
        {
            Compare(member, value, actual[member], differences);
        }

        Compare("incidents", expected["incidents"] ?? new JsonArray(), actual["incidents"], differences);
        Assert.True(differences.Count == 0, $"{expected["why"]}\n{string.Join('\n', differences)}");
    }

    [Fact]
    public async Task Every_expectation_says_why_and_what()
    {
        foreach (var name in ReasonedSample.Names)
        {
            var expected = await ReasonedSample.ExpectedAsync(name, TestContext.Current.CancellationToken);
            Assert.NotNull(expected["why"]);
            Assert.Contains(expected, x => x.Key is "texts" or "journal" or "output" or "variables" or "incidents");
        }
    }

    private static void Compare(string path, JsonNode? expected, JsonNode? actual, List<string> differences)
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a) when !IsWhole(path):
                foreach (var (key, value) in e)
                {
                    Compare($"{path}.{key}", value, a.TryGetPropertyValue(key, out var found) ? found : "(nothing)", differences);
                }

                break;
            case (JsonArray e, JsonArray a) when e.Count == a.Count:
                for (var i = 0; i < e.Count; i++)
                {
                    Compare($"{path}[{i}]", e[i], a[i], differences);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(expected, actual))
                {
                    differences.Add($"{path}: reasoned {Text(expected)}, here {Text(actual)}");
                }

                break;
        }
    }

    /// <summary>Values are compared whole: what an expectation does not name must not be there.</summary>
    private static bool IsWhole(string path) =>
        path == "output" || path.StartsWith("variables.", StringComparison.Ordinal) || path.StartsWith("states.", StringComparison.Ordinal);

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
