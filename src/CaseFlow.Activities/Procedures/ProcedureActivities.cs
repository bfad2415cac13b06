using System.Text.Json.Nodes;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Activities;

/// <summary>启动程序: starts a procedure at the version that is published now, and waits for its result.</summary>
[Activity("CaseFlow", "程序 Procedures", "按当前发布的版本启动程序并等待结果", DisplayName = "启动程序")]
public sealed class StartProcedure : Activity
{
    private const string AlreadyOpen = "AlreadyOpen";

    /// <summary>Kind: application, review, change-or-stop ...</summary>
    [Input(DisplayName = "程序", Order = 1)]
    public Input<string> Kind { get; set; } = default!;

    /// <summary>Why it is started.</summary>
    [Input(DisplayName = "原因", Order = 2)]
    public Input<string?> Reason { get; set; } = default!;

    /// <summary>Data for the procedure.</summary>
    [Input(DisplayName = "输入", UIHint = InputUIHints.JsonEditor, Order = 3)]
    public Input<object?> Input { get; set; } = default!;

    /// <summary>The results by which the flow goes on; AlreadyOpen where one of the kind is under way.</summary>
    [Input(DisplayName = "可能的结果", UIHint = InputUIHints.DynamicOutcomes, Order = 4)]
    public Input<ICollection<string>> Results { get; set; } = default!;

    /// <summary>The result.</summary>
    [Output(DisplayName = "结果")]
    public Output<string?>? Result { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var kind = context.Get(Kind) ?? throw new InvalidOperationException("A kind of procedure is needed.");
        if (await context.GetRequiredService<ProcedureService>().IsOpenAsync(of.Case.Id, kind, context.CancellationToken))
        {
            await context.CompleteActivityWithOutcomesAsync(AlreadyOpen);
            return;
        }

        var procedure = await context.GetRequiredService<ICaseWorkflow>().StartAsync(
            of.Case, kind, context.Get(Reason) ?? "", CaseActivityExtensions.ToJsonObject(context.Get(Input)), context.CancellationToken);
        Waits.ForSignal(context, of.Case.Id, ProcedureService.EndedStimulus, procedure.Id.ToString(), OnEndedAsync);
    }

    private async ValueTask OnEndedAsync(ActivityExecutionContext context)
    {
        var result = context.GetWorkflowInput<string>("result") ?? "Done";
        context.Set(Result, result);
        await context.CompleteActivityWithOutcomesAsync(result);
    }
}

/// <summary>等待事件: what may happen to a case in force: a change report, a move, a death. One port for each.</summary>
[Activity("CaseFlow", "程序 Procedures", "等待情况变化、迁移、死亡等事件", DisplayName = "等待事件")]
public sealed class WaitForCaseEvent : Activity
{
    /// <summary>The events: ChangeReport, Move, Death.</summary>
    [Input(DisplayName = "事件", UIHint = InputUIHints.DynamicOutcomes)]
    public Input<ICollection<string>> Events { get; set; } = default!;

    /// <summary>What was reported.</summary>
    [Output(DisplayName = "事件内容")]
    public Output<object?>? Payload { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        foreach (var name in context.Get(Events) ?? [])
        {
            Waits.ForSignal(context, of.Case.Id, CaseEvents.Stimulus, name, OnEventAsync);
        }
    }

    private async ValueTask OnEventAsync(ActivityExecutionContext context)
    {
        context.ClearBookmarks();
        context.Set(Payload, context.GetWorkflowInput<JsonObject>("payload"));
        await context.CompleteActivityWithOutcomesAsync(context.GetWorkflowInput<string>("key") ?? "ChangeReport");
    }
}
