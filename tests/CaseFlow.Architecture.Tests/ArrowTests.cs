using System.Reflection;

namespace CaseFlow.Architecture.Tests;

/// <summary>
/// The arrows of the house run one way. The rule is a table; the last test shows that the check does fail when an arrow
/// points the wrong way, so that a green run means something.
/// </summary>
public sealed class ArrowTests
{
    /// <summary>Project → the projects of ours that it may reference.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["CaseFlow.Workflows"] = [],
        ["CaseFlow.Cases"] = [],
        ["CaseFlow.Activities"] = ["CaseFlow.Cases", "CaseFlow.Workflows"],
        ["CaseFlow.Persistence"] = ["CaseFlow.Cases", "CaseFlow.Workflows"],
        ["CaseFlow.Documents"] = ["CaseFlow.Cases"],
        ["CaseFlow.Simulators"] = [],
        ["CaseFlow.Server"] =
        [
            "CaseFlow.Activities", "CaseFlow.Cases", "CaseFlow.Documents", "CaseFlow.Persistence", "CaseFlow.Simulators",
            "CaseFlow.Workflows",
        ],
    };

    /// <summary>Project → beginnings of assembly names that it must not know.</summary>
    private static readonly Dictionary<string, string[]> Forbidden = new()
    {
        ["CaseFlow.Workflows"] = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Npgsql", "Microsoft.Data.Sqlite"],
        ["CaseFlow.Cases"] = ["Microsoft.AspNetCore", "Npgsql", "Microsoft.Data.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "System.Net.Http"],
        ["CaseFlow.Activities"] = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Npgsql", "Microsoft.Data.Sqlite"],
        ["CaseFlow.Persistence"] = ["Microsoft.AspNetCore"],
        ["CaseFlow.Documents"] = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore.Sqlite"],
    };

    public static TheoryData<string> Projects => new(Allowed.Keys);

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_house_allows(string project) =>
        Assert.Empty(WrongOwnArrows(Allowed[project], References(project)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_none_of_the_libraries_that_are_closed_to_it(string project) =>
        Assert.Empty(ForbiddenArrows(Forbidden.GetValueOrDefault(project, []), References(project)));

    [Fact]
    public void Every_project_of_src_stands_in_the_table()
    {
        var projects = Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order();
        Assert.Equal(Allowed.Keys.Order(), projects);
    }

    [Fact]
    public void A_wrong_arrow_is_found()
    {
        Assert.Equal(["CaseFlow.Server"], WrongOwnArrows(Allowed["CaseFlow.Cases"], ["System.Runtime", "CaseFlow.Server"]));
        Assert.Equal(
            ["Microsoft.EntityFrameworkCore"],
            ForbiddenArrows(Forbidden["CaseFlow.Workflows"], ["System.Runtime", "Microsoft.EntityFrameworkCore"]));
    }

    private static IEnumerable<string> WrongOwnArrows(string[] allowed, IEnumerable<string> references) =>
        references.Where(r => r.StartsWith("CaseFlow.", StringComparison.Ordinal)).Except(allowed);

    private static IEnumerable<string> ForbiddenArrows(string[] forbidden, IEnumerable<string> references) =>
        references.Where(r => forbidden.Any(f => r == f || r.StartsWith(f + ".", StringComparison.Ordinal)));

    private static IEnumerable<string> References(string project) =>
        Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!);
}
