using System.Reflection;
using CaseFlow.Activities;
using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Server.Commands;

/// <summary>The activities that <c>run-definition</c> knows: the engine's, the product's, and those of assemblies that are named.</summary>
internal static class RunDefinitionActivities
{
    /// <summary>Reads the assemblies; null where one cannot be read, which is then told.</summary>
    public static async Task<ActivityRegistry?> ReadAsync(IEnumerable<string> assemblies)
    {
        var registry = ActivityRegistry.CreateDefault().AddActivitiesFrom(typeof(StaffTask).Assembly);
        foreach (var path in assemblies)
        {
            try
            {
                registry.AddActivitiesFrom(Assembly.LoadFrom(path));
            }
            catch (Exception e) when (e is IOException or BadImageFormatException or ReflectionTypeLoadException or TypeLoadException or ArgumentException)
            {
                await Console.Error.WriteLineAsync($"The activities of '{path}' cannot be read: {e.Message}");
                return null;
            }
        }

        return registry;
    }
}
