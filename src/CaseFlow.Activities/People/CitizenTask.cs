using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Activities;

/// <summary>申请人办理: a step of the citizen with a last day; when it has passed, the flow goes on by Expired.</summary>
[Activity("CaseFlow", "人员 People", "由申请人办理的环节，逾期自动走“逾期”", DisplayName = "申请人办理")]
public sealed class CitizenTask : Activity
{
    private const string Expired = "Expired";

    /// <summary>Step identifier.</summary>
    [Input(DisplayName = "环节标识", Order = 1)]
    public Input<string> Step { get; set; } = default!;

    /// <summary>Name in Chinese.</summary>
    [Input(DisplayName = "环节名称", Order = 2)]
    public Input<string> Title { get; set; } = default!;

    /// <summary>Name in English.</summary>
    [Input(DisplayName = "英文名称", Order = 3)]
    public Input<string?> TitleEn { get; set; } = default!;

    /// <summary>Outcomes that the citizen may choose; Expired comes by the clock.</summary>
    [Input(DisplayName = "办理结果", UIHint = InputUIHints.DynamicOutcomes, Order = 4)]
    public Input<ICollection<string>> Outcomes { get; set; } = default!;

    /// <summary>Key of the form.</summary>
    [Input(DisplayName = "表单", Order = 5)]
    public Input<string?> Form { get; set; } = default!;

    /// <summary>Period in the policy.</summary>
    [Input(DisplayName = "时限", Order = 6)]
    public Input<string> DueRule { get; set; } = default!;

    /// <summary>The form data.</summary>
    [Output(DisplayName = "表单数据")]
    public Output<object?>? Result { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var rule = context.Get(DueRule) ?? throw new InvalidOperationException("A step of the citizen needs a last day.");
        var lastDay = await context.GetRequiredService<CaseFlow.Cases.Calendar.DeadlineService>().LastDayAsync(rule, context.CancellationToken);
        var bookmark = Waits.ForTask(context, OnCompletedAsync);
        Waits.ForEndOf(context, lastDay, OnExpiredAsync);
        var task = await context.GetRequiredService<TaskOpening>().OpenAsync(
            of.Case,
            of.Procedure,
            new TaskSpecification
            {
                Step = context.Get(Step) ?? throw new InvalidOperationException("A step needs an identifier."),
                Name = context.Get(Title) ?? context.Get(Step)!,
                NameEn = context.Get(TitleEn),
                FormKey = context.Get(Form) is { Length: > 0 } form ? form : null,
                Outcomes = [.. (context.Get(Outcomes) ?? []).Where(o => o != Expired)],
                ForCitizen = true,
            },
            bookmark,
            context.Activity.Id,
            context.CancellationToken);
        task.DueOn = lastDay;
        context.SetProperty("TaskId", task.Id.ToString());
    }

    private async ValueTask OnCompletedAsync(ActivityExecutionContext context)
    {
        context.ClearBookmarks();
        context.Set(Result, context.GetWorkflowInput<JsonObject>("form"));
        await context.CompleteActivityWithOutcomesAsync(context.GetWorkflowInput<string>("outcome") ?? "Done");
    }

    private async ValueTask OnExpiredAsync(ActivityExecutionContext context)
    {
        context.ClearBookmarks();
        var id = Id<WorkTask>.Parse(context.GetProperty<string>("TaskId")!);
        await context.GetRequiredService<TaskOpening>().ExpireAsync(id, Expired, context.CancellationToken);
        await context.CompleteActivityWithOutcomesAsync(Expired);
    }
}
