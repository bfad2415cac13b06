using System.Collections.Concurrent;
using System.Reflection;

namespace CaseFlow.Workflows.Execution;

/// <summary>Finds callbacks again by the names of their methods after an instance was loaded.</summary>
internal static class NamedMethods
{
    private const BindingFlags Flags = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly ConcurrentDictionary<(Type, string), MethodInfo?> Cache = new();

    public static ExecuteActivityDelegate Resume(Activity activity, string name) =>
        Find(activity, name).CreateDelegate<ExecuteActivityDelegate>(Find(activity, name).IsStatic ? null : activity);

    public static ActivityCompletionCallback Completion(Activity activity, string name) =>
        Find(activity, name).CreateDelegate<ActivityCompletionCallback>(Find(activity, name).IsStatic ? null : activity);

    private static MethodInfo Find(Activity activity, string name) =>
        Cache.GetOrAdd((activity.GetType(), name), static key =>
        {
            for (var type = key.Item1; type is not null; type = type.BaseType)
            {
                if (type.GetMethod(key.Item2, Flags | BindingFlags.DeclaredOnly) is { } method)
                {
                    return method;
                }
            }

            return null;
        })
        ?? throw new InvalidOperationException(
            $"Activity '{activity.Id}' of type {activity.Type} has no method '{name}'; callbacks must be named methods of the activity.");
}
