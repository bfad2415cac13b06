namespace CaseFlow.Workflows.Execution;

/// <summary>Ids of instances, bookmarks and tasks: time-ordered, 32 hexadecimal digits.</summary>
internal static class Ids
{
    public static string New() => Guid.CreateVersion7().ToString("N");
}
