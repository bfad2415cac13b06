using System.Runtime.CompilerServices;
using CaseFlow.Server.Commands.Simulate;

namespace CaseFlow.Scenarios.Tests;

/// <summary>Every dibao scenario on both databases, and what they must cover between them.</summary>
public class Dibao_scenarios
{
    /// <summary>Sections of the domain document that dibao must have a scenario for: A–C, H–K, L, Q and its traps.</summary>
    private static readonly string[] Required =
    [
        "A", "B1", "B2", "B3", "B7", "B8", "B9",
        "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12", "C14", "C-review", "C-change", "C-stop",
        "H-D1", "H-D2", "H-four-eyes", "H-recusal", "I", "J",
        "K1", "K2", "K3", "K8", "K9", "K11", "K12", "K13", "K14", "L", "M", "O",
        "P1", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P17", "P18", "P19",
    ];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder(), "*.yaml").Where(Scenario.IsScenario).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Calm => [.. Files.Select(row => row.Data).Where(file => !Kills(file))];

    public static TheoryData<string> Killed => [.. Files.Select(row => row.Data).Where(Kills)];

    [Theory]
    [MemberData(nameof(Calm))]
    public Task Holds_on_SQLite(string file) => HoldsAsync(file, null);

    /// <summary>Each kill starts a server of its own.</summary>
    [Theory]
    [MemberData(nameof(Killed))]
    [Trait("needs", "process")]
    public Task Holds_on_SQLite_though_the_server_is_killed(string file) => HoldsAsync(file, null);

    [Theory]
    [MemberData(nameof(Files))]
    [Trait("needs", "postgres")]
    public Task Holds_on_PostgreSQL(string file) => HoldsAsync(
        file,
        Environment.GetEnvironmentVariable("CASEFLOW_TEST_POSTGRES") ?? throw new InvalidOperationException("CASEFLOW_TEST_POSTGRES names no server."));

    [Fact]
    public void Every_required_section_is_covered()
    {
        var covered = Directory.GetFiles(Folder(), "*.yaml").Where(Scenario.IsScenario).SelectMany(file => Scenario.Read(file).Covers).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Required.Except(covered));
    }

    [Fact]
    public void There_are_at_least_twelve() => Assert.True(Files.Count >= 12);

    private static bool Kills(string file) => File.ReadAllText(Path.Combine(Folder(), file)).Contains("kill:", StringComparison.Ordinal);

    private static async Task HoldsAsync(string file, string? postgres)
    {
        var path = Path.Combine(Folder(), file);
        var outcome = await ScenarioRunner.RunAsync(path, SimulateOptions.RootOf(path), postgres, TestContext.Current.CancellationToken);
        Assert.True(outcome.Holds, $"{string.Join('\n', outcome.Differences)}\n\n{outcome.Transcript}");
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "workflows", "dibao", "scenarios"));
}
