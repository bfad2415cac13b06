namespace CaseFlow.Workflows.Execution;

/// <summary>A join waits for all branches, and one of them ended elsewhere.</summary>
internal sealed class StrandedJoinException(string joinId, string branchId, string port)
    : Exception($"Join '{joinId}' waits for all branches, but the one from '{branchId}' ({port}) ended elsewhere and will not arrive")
{
    private const string Prefix = "stranded|";

    /// <summary>What the run of a stranded join is tagged with; a retry keeps it.</summary>
    public static string Tag(string branchId, string port) => $"{Prefix}{branchId}|{port}";

    public static StrandedJoinException? FromTag(ActivityExecutionContext context)
    {
        if (context.Tag?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var parts = context.Tag.Split('|');
        return new StrandedJoinException(context.Node.ActivityId, parts[1], parts[2]);
    }
}
