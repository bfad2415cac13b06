namespace CaseFlow.Architecture.Tests;

/// <summary>
/// The activities use only what an activity may use on Elsa as well, so that the same sources can compile on its packages.
/// What is allowed is <c>activity-surface.txt</c>. The port that drives the engine (<c>CaseFlow.Activities.Engine</c>) exists
/// once for each engine and is not bound by it; nor is the registration of services, which belongs to it.
/// </summary>
public sealed class ActivitySurfaceTests
{
    private static readonly string Folder = AppContext.BaseDirectory;

    private static readonly HashSet<string> Allowed =
        [.. File.ReadAllLines(Path.Combine(Repository.Root, "tests", "CaseFlow.Architecture.Tests", "activity-surface.txt")).Where(x => x.Length > 0 && x[0] != '#')];

    [Fact]
    public void Activities_use_only_the_documented_surface_of_the_engine()
    {
        var used = MemberReferences.Read(
            Path.Combine(Folder, "CaseFlow.Activities.dll"), "CaseFlow.Workflows", type => !IsEngineSide(type));
        Assert.NotEmpty(used);
        Assert.Equal([], used.Where(x => !IsAllowed(x)).ToList());
    }

    [Fact]
    public void A_use_beyond_the_surface_is_found()
    {
        var used = MemberReferences.Read(
            Path.Combine(Folder, "CaseFlow.Activities.dll"), "CaseFlow.Workflows", IsEngineSide);
        Assert.Contains(used, x => !IsAllowed(x));
    }

    private static bool IsEngineSide(string type) =>
        type.StartsWith("CaseFlow.Activities.Engine.", StringComparison.Ordinal) || type == "CaseFlow.Activities.ActivitiesServices";

    private static bool IsAllowed(string reference)
    {
        var accessor = reference.Replace(".get_", ".", StringComparison.Ordinal).Replace(".set_", ".", StringComparison.Ordinal);
        return Allowed.Contains(accessor) || Allowed.Contains(reference);
    }
}
