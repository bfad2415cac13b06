using System.Text.Json.Nodes;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Activities;

/// <summary>人工环节: a step that a member of staff does in an inbox; its outcomes are the ports.</summary>
[Activity("CaseFlow", "人员 People", "由工作人员在待办中办理的环节", DisplayName = "工作人员办理")]
public class StaffTask : Activity
{
    /// <summary>Step identifier, stable over versions.</summary>
    [Input(DisplayName = "环节标识", Description = "稳定的英文标识，例如 survey", Order = 1)]
    public Input<string> Step { get; set; } = default!;

    /// <summary>Name in Chinese.</summary>
    [Input(DisplayName = "环节名称", Order = 2)]
    public Input<string> Title { get; set; } = default!;

    /// <summary>Name in English.</summary>
    [Input(DisplayName = "英文名称", Order = 3)]
    public Input<string?> TitleEn { get; set; } = default!;

    /// <summary>Posts that may do it.</summary>
    [Input(DisplayName = "办理岗位", UIHint = InputUIHints.MultiText, Order = 4)]
    public Input<ICollection<string>> Posts { get; set; } = default!;

    /// <summary>Level whose organisation does it: Township, District or Community.</summary>
    [Input(DisplayName = "办理层级", UIHint = InputUIHints.DropDown, Options = new[] { "Township", "District", "Community" }, DefaultValue = "Township", Order = 5)]
    public Input<string> Level { get; set; } = new("Township");

    /// <summary>Outcomes: identifiers of the glossary.</summary>
    [Input(DisplayName = "办理结果", UIHint = InputUIHints.DynamicOutcomes, Order = 6)]
    public Input<ICollection<string>> Outcomes { get; set; } = default!;

    /// <summary>Key of the step's form in the case type.</summary>
    [Input(DisplayName = "表单", Order = 7)]
    public Input<string?> Form { get; set; } = default!;

    /// <summary>What it is for the authority table: verify, check, review, approve.</summary>
    [Input(DisplayName = "权限角色", UIHint = InputUIHints.DropDown, Options = new[] { "", "verify", "check", "review", "approve" }, Order = 8)]
    public Input<string?> AuthorityRole { get; set; } = default!;

    /// <summary>Period of the step in the policy, for example <c>dibao.survey</c>.</summary>
    [Input(DisplayName = "时限", Description = "政策参数的键，不含 .days", Order = 9)]
    public Input<string?> DueRule { get; set; } = default!;

    /// <summary>The outcome that was chosen.</summary>
    [Output(DisplayName = "结果")]
    public Output<string?>? Outcome { get; set; }

    /// <summary>The step's form data.</summary>
    [Output(DisplayName = "表单数据")]
    public Output<object?>? Result { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var specification = await SpecifyAsync(context, of);
        var bookmark = Waits.ForTask(context, OnCompletedAsync);
        var task = await context.GetRequiredService<TaskOpening>()
            .OpenAsync(of.Case, of.Procedure, specification, bookmark, context.Activity.Id, context.CancellationToken);
        context.SetProperty("TaskId", task.Id.ToString());
    }

    /// <summary>Called when the task has been completed.</summary>
    protected async ValueTask OnCompletedAsync(ActivityExecutionContext context)
    {
        var outcome = context.GetWorkflowInput<string>("outcome") ?? throw new InvalidOperationException("A completed task has an outcome.");
        context.Set(Outcome, outcome);
        context.Set(Result, context.GetWorkflowInput<JsonObject>("form"));
        context.JournalData["By"] = context.GetWorkflowInput<string>("by") ?? "";
        await context.CompleteActivityWithOutcomesAsync(outcome);
    }

    /// <summary>What the task is like; subclasses decide on the posts otherwise.</summary>
    internal virtual ValueTask<TaskSpecification> SpecifyAsync(ActivityExecutionContext context, CaseOfActivity of) => new(new TaskSpecification
    {
        Step = context.Get(Step) ?? throw new InvalidOperationException("A step needs an identifier."),
        Name = context.Get(Title) ?? context.Get(Step)!,
        NameEn = context.Get(TitleEn),
        FormKey = context.Get(Form) is { Length: > 0 } form ? form : null,
        Outcomes = [.. context.Get(Outcomes) ?? []],
        Posts = [.. (context.Get(Posts) ?? []).Select(Enum.Parse<PostKind>)],
        Level = Enum.Parse<OrganisationLevel>(context.Get(Level) ?? nameof(OrganisationLevel.Township)),
        AuthorityRole = context.Get(AuthorityRole) is { Length: > 0 } role ? role : null,
        DueRule = context.Get(DueRule) is { Length: > 0 } rule ? rule : null,
        ReturnReason = context.GetWorkflowInput<string>("returnReason"),
    });
}
