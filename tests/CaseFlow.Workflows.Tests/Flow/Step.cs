namespace CaseFlow.Workflows.Tests.Flow;

/// <summary>An activity of random flows: at its n-th visit it has the n-th outcomes of its plan, after that none that leads on.</summary>
[Activity("Test", "Test", "Follows a plan")]
public sealed class Step : Activity
{
    /// <summary>Outcomes for each visit, parted by commas; several at once by plus signs.</summary>
    [Input]
    public string Plan { get; set; } = "Done";

    /// <summary>Whether the activity waits to be resumed.</summary>
    [Input]
    public bool Waits { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (!Waits)
        {
            return EndAsync(context);
        }

        context.CreateBookmark(EndAsync);
        return ValueTask.CompletedTask;
    }

    private ValueTask EndAsync(ActivityExecutionContext context)
    {
        var properties = context.WorkflowExecutionContext.Properties;
        var visit = properties.TryGetValue(Id, out var count) ? (int)count : 0;
        properties[Id] = visit + 1;
        return context.CompleteActivityWithOutcomesAsync(Outcomes(Plan, visit));
    }

    internal static string[] Outcomes(string plan, int visit)
    {
        var visits = plan.Split(',');
        return visit < visits.Length ? visits[visit].Split('+') : ["Stop"];
    }
}
