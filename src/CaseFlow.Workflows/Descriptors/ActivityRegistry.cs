using System.Collections.Concurrent;
using System.Reflection;
using CaseFlow.Workflows.Activities;

namespace CaseFlow.Workflows.Descriptors;

/// <summary>The activity types that definitions may use.</summary>
public sealed class ActivityRegistry
{
    private readonly ConcurrentDictionary<(string Name, int Version), ActivityDescriptor> byName = new();
    private readonly ConcurrentDictionary<string, ActivityDescriptor> newest = new(StringComparer.Ordinal);

    /// <summary>All registered types, in the order of their names.</summary>
    public IReadOnlyList<ActivityDescriptor> Descriptors =>
        byName.Values.OrderBy(x => x.TypeName, StringComparer.Ordinal).ThenBy(x => x.Version).ToList();

    /// <summary>A registry with the activities of the engine.</summary>
    public static ActivityRegistry CreateDefault()
    {
        var registry = new ActivityRegistry();
        foreach (var type in BuiltInActivities.Types)
        {
            registry.Add(type);
        }

        return registry;
    }

    /// <summary>Registers every public activity class of an assembly.</summary>
    public ActivityRegistry AddActivitiesFrom(Assembly assembly)
    {
        foreach (var type in assembly.GetExportedTypes())
        {
            if (type is { IsAbstract: false, IsGenericTypeDefinition: false } && typeof(Activity).IsAssignableFrom(type))
            {
                Add(type);
            }
        }

        return this;
    }

    /// <summary>Registers an activity class.</summary>
    public ActivityRegistry Add<T>()
        where T : Activity => Add(typeof(T));

    /// <summary>Registers an activity class.</summary>
    /// <exception cref="ArgumentException">The class is no activity, or has no constructor that can be called without arguments.</exception>
    public ActivityRegistry Add(Type type) => Add(DescriptorReader.Read(type));

    /// <summary>Registers a descriptor, replacing one of the same name and version.</summary>
    public ActivityRegistry Add(ActivityDescriptor descriptor)
    {
        byName[(descriptor.TypeName, descriptor.Version)] = descriptor;
        newest.AddOrUpdate(descriptor.TypeName, descriptor, (_, old) => old.Version > descriptor.Version ? old : descriptor);
        return this;
    }

    /// <summary>Finds a type by name and version, or the newest version where no version is given; null where there is none.</summary>
    public ActivityDescriptor? Find(string typeName, int? version = null)
    {
        if (version is { } v && byName.TryGetValue((typeName, v), out var exact))
        {
            return exact;
        }

        return newest.GetValueOrDefault(typeName);
    }
}
