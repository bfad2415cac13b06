using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Activities;

/// <summary>签发文书: renders a template, draws its number, freezes the content, all in this step.</summary>
[Activity("CaseFlow", "文书 Documents", "按模板签发文书并编号", DisplayName = "签发文书")]
public sealed class IssueDocument : CodeActivity
{
    /// <summary>Template key, for example <c>dibao/confirmation-notice</c>.</summary>
    [Input(DisplayName = "模板", Order = 1)]
    public Input<string> Template { get; set; } = default!;

    /// <summary>Whose name stands on it.</summary>
    [Input(DisplayName = "签发单位", UIHint = InputUIHints.DropDown, Options = new[] { "Township", "District" }, DefaultValue = "Township", Order = 2)]
    public Input<string> Issuer { get; set; } = new("Township");

    /// <summary>Whether the applicant may read it.</summary>
    [Input(DisplayName = "申请人可见", UIHint = InputUIHints.Checkbox, DefaultValue = true, Order = 3)]
    public Input<bool> ForApplicant { get; set; } = new(true);

    /// <summary>Further fields for the template.</summary>
    [Input(DisplayName = "补充数据", UIHint = InputUIHints.JsonEditor, Order = 4)]
    public Input<object?> Data { get; set; } = default!;

    /// <summary>Whether the benefit that was started, changed or stopped in this step rests on this document.</summary>
    [Input(DisplayName = "作为待遇的依据", UIHint = InputUIHints.Checkbox, DefaultValue = false, Order = 5)]
    public Input<bool> BasisOfBenefit { get; set; } = new(false);

    /// <summary>The document's id.</summary>
    [Output(DisplayName = "文书编号")]
    public Output<string?>? DocumentId { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var request = new DocumentRequest(
            context.Get(Template) ?? throw new InvalidOperationException("A template is needed."),
            Enum.Parse<OrganisationLevel>(context.Get(Issuer) ?? nameof(OrganisationLevel.Township)),
            context.Get(ForApplicant),
            CaseActivityExtensions.ToJsonObject(context.Get(Data)));
        var document = await context.GetRequiredService<DocumentService>().IssueAsync(of.Case, of.Procedure, request, context.CancellationToken);
        if (context.Get(BasisOfBenefit))
        {
            await context.GetRequiredService<BenefitService>().RestOnAsync(of.Case, document, context.CancellationToken);
        }

        context.JournalData["Number"] = document.OfficialNumber ?? "";
        context.Set(DocumentId, document.Id.ToString());
    }
}

/// <summary>通知: tells the applicant, or the staff of a step, after the commit.</summary>
[Activity("CaseFlow", "文书 Documents", "向申请人或工作人员发送消息", DisplayName = "通知")]
public sealed class Notify : CodeActivity
{
    /// <summary>Applicant or Handler.</summary>
    [Input(DisplayName = "通知谁", UIHint = InputUIHints.DropDown, Options = new[] { "Applicant", "Handler" }, DefaultValue = "Applicant", Order = 1)]
    public Input<string> Audience { get; set; } = new("Applicant");

    /// <summary>What it says; it never names the benefit in the subject.</summary>
    [Input(DisplayName = "内容", UIHint = InputUIHints.MultiLine, Order = 2)]
    public Input<string> Text { get; set; } = default!;

    /// <summary>Key of the wording in the case type's messages; its mail and SMS are sent instead of the text.</summary>
    [Input(DisplayName = "消息模板", Order = 4)]
    public Input<string?> Message { get; set; } = default!;

    /// <summary>The template whose last document goes along.</summary>
    [Input(DisplayName = "随附文书的模板", Order = 3)]
    public Input<string?> Document { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var notifications = context.GetRequiredService<NotificationService>();
        var text = context.Get(Text) ?? "";
        if (context.Get(Audience) == "Handler")
        {
            await notifications.TellHandlersAsync(of.Case, $"notify/{context.Id}", text, context.CancellationToken);
            return;
        }

        var document = context.Get(Document) is { Length: > 0 } template
            ? await context.GetRequiredService<DocumentService>().LastAsync(of.Case, template, context.CancellationToken)
            : null;
        var key = document is null ? $"notify/{context.Id}" : $"document/{document.Id}";
        var message = context.Get(Message) is { Length: > 0 } wording ? wording : null;
        await notifications.TellApplicantAsync(of.Case, key, text, document, context.CancellationToken, message);
    }
}
