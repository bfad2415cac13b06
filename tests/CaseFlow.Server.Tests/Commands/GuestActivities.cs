using CaseFlow.Workflows;

namespace CaseFlow.Server.Tests.Commands;

/// <summary>An activity that only this assembly brings: says, runs its branch if one is drawn, and says again.</summary>
[Activity(Type = "Guest.Around", Category = "Guest")]
public sealed class GuestActivity : Activity
{
    /// <summary>What is said; a plain property.</summary>
    [Input]
    public string Words { get; set; } = "";

    /// <summary>The branch.</summary>
    [Port]
    public IActivity? Body { get; set; }

    /// <inheritdoc/>
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.SetVariable("Said", Words);
        return context.ScheduleActivityAsync(Body, OnBodyAsync);
    }

    private async ValueTask OnBodyAsync(ActivityCompletedContext context)
    {
        context.TargetContext.SetVariable("Said", Words + " and after");
        await context.TargetContext.CompleteActivityAsync();
    }
}
