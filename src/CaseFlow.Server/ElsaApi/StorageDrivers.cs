using System.Text.Json.Nodes;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// Where the designer lets a variable be kept. Studio finds a variable's driver by comparing strings, so definitions answer
/// with exactly the names of this list; the short names of older files are understood as well.
/// </summary>
internal static class StorageDrivers
{
    private const string Instance = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";
    private const string Memory = "Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core";

    /// <summary>The list that the designer offers.</summary>
    public static JsonObject List() => new()
    {
        ["items"] = new JsonArray
        {
            new JsonObject { ["typeName"] = Instance, ["displayName"] = "办件数据库 Workflow Instance", ["priority"] = 5, ["deprecated"] = false },
            new JsonObject { ["typeName"] = Memory, ["displayName"] = "仅本步骤内存 Memory", ["priority"] = 0, ["deprecated"] = false },
        },
    };

    /// <summary>The name as the list gives it.</summary>
    public static string Listed(string name) => name switch
    {
        _ when name.Contains("MemoryStorageDriver", StringComparison.Ordinal) => Memory,
        _ when name.Contains("WorkflowInstanceStorageDriver", StringComparison.Ordinal) => Instance,
        _ when name.Contains("WorkflowStorageDriver", StringComparison.Ordinal) => Instance,
        _ => name,
    };
}
