using System.Reflection;
using CaseFlow.Workflows.Tests.Samples;

namespace CaseFlow.Workflows.Tests.Authoring;

/// <summary>
/// The list of what activities may use (<c>activity-surface.txt</c>) is no wish: each member is there and public. That the types
/// are as documented is what <c>tests/samples/activities/EveryMember.cs</c> compiles against.
/// </summary>
public sealed class SurfaceTests
{
    private const BindingFlags Anything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static TheoryData<string> Members =>
        [.. File.ReadAllLines(Path.Combine(Repository.Root, "tests", "CaseFlow.Architecture.Tests", "activity-surface.txt")).Where(x => x.Length > 0 && x[0] != '#')];

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_of_the_surface_can_be_used(string member)
    {
        var constructor = member.EndsWith("..ctor", StringComparison.Ordinal);
        var dot = constructor ? member.Length - "..ctor".Length : member.LastIndexOf('.');
        Assert.True(
            TypesOf(member).Count > 0 || TypesOf(member[..dot]).Exists(type => type.GetMember(constructor ? ".ctor" : member[(dot + 1)..], Anything).Any(IsOpen)),
            $"{member} is not there.");
    }

    private static List<Type> TypesOf(string name) =>
        [.. typeof(Activity).Assembly.GetExportedTypes().Where(x => string.Equals($"{x.Namespace}.{x.Name.Split('`')[0]}", name, StringComparison.Ordinal))];

    /// <summary>Public, or protected: for those who derive.</summary>
    private static bool IsOpen(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property => property.GetMethod is { } getter && IsOpen(getter),
        _ => true,
    };
}
