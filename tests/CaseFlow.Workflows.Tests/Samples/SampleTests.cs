using System.Text.Json.Nodes;

namespace CaseFlow.Workflows.Tests.Samples;

/// <summary>Every observed definition ends here as it did on Elsa, except where a deviation is listed with its reason.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Names => [.. Sample.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_definition_ends_as_it_did_on_Elsa(string name)
    {
        var expected = Sample.Run(name);
        var actual = await Sample.RunHereAsync(name, TestContext.Current.CancellationToken);
        if (expected is null)
        {
            // Nothing was observed of this definition itself; it must run all the same.
            Assert.NotEmpty(actual);
            return;
        }

        var own = new JsonArray([.. expected.OfType<JsonObject>().Where(x => x["parentInstanceId"] is null).Select(x => x.DeepClone())]);
        var differences = Differences.Between(own, actual);
        var open = differences.Where(x => !Deviations.All.Any(d => d.Covers(name, x))).ToList();
        Assert.True(open.Count == 0, string.Join('\n', open.Select(x => $"{x.Path}: Elsa {x.Expected}, here {x.Actual}")));
    }

    [Fact]
    public async Task Every_listed_deviation_occurs()
    {
        var unused = Deviations.All.ToList();
        foreach (var name in Sample.Names)
        {
            if (Sample.Run(name) is { } expected)
            {
                var own = new JsonArray([.. expected.OfType<JsonObject>().Where(x => x["parentInstanceId"] is null).Select(x => x.DeepClone())]);
                var differences = Differences.Between(own, await Sample.RunHereAsync(name, TestContext.Current.CancellationToken));
                unused.RemoveAll(d => differences.Exists(x => d.Covers(name, x)));
            }
        }

        Assert.Empty(unused);
    }

    [Fact]
    public void Every_test_that_the_deviations_name_is_there()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "elsa-compatibility.md"));
        var sources = string.Join('\n', Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(x => !x.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        var named = System.Text.RegularExpressions.Regex.Matches(text, @"`(\w+Tests|Run_definition)(?:\.(\w+))?`");
        Assert.NotEmpty(named);
        Assert.All(named, x =>
        {
            Assert.Contains($"class {x.Groups[1].Value}", sources, StringComparison.Ordinal);
            Assert.Contains(x.Groups[2].Length == 0 ? x.Groups[1].Value : $" {x.Groups[2].Value}(", sources, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_deviation_is_explained()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "elsa-compatibility.md"));
        Assert.All(Deviations.All, x => Assert.Contains(x.Reason, text, StringComparison.Ordinal));
    }
}
