using System.Collections.Concurrent;
using System.Reflection;

namespace CaseFlow.Workflows.Descriptors;

/// <summary>The type name and version under which an activity class is known in JSON.</summary>
internal static class ActivityTypeName
{
    private static readonly ConcurrentDictionary<Type, (string Type, int Version)> Cache = new();

    public static (string Type, int Version) Of(Type type) => Cache.GetOrAdd(type, static t =>
    {
        var attribute = t.GetCustomAttribute<ActivityAttribute>(inherit: false);
        var name = attribute?.Type ?? BareName(t);
        var ns = attribute is null ? t.Namespace : attribute.Namespace ?? t.Namespace;

        // A type that names its namespace itself is taken as it stands.
        ns = attribute?.Type?.Contains('.', StringComparison.Ordinal) == true ? null : ns;
        var version = attribute is { Version: > 0 } ? attribute.Version : 1;
        return (string.IsNullOrEmpty(ns) ? name : $"{ns}.{name}", version);
    });

    private static string BareName(Type type)
    {
        var name = type.Name;
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : name[..tick];
    }
}
