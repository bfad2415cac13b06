using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Staff.Cases;
using CaseFlow.Server.Staff.Privacy;
using CaseFlow.Server.Texts;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>The page of one task: shows it, reads what was posted, and asks the task service to do it.</summary>
public sealed partial class TaskPage
{
    private const int WideFormFields = 4;

    [Inject] private TaskViewReader Reader { get; set; } = default!;

    [Inject] private TaskFormReader Posted { get; set; } = default!;

    [Inject] private ITaskService Tasks { get; set; } = default!;

    [Inject] private TaskSteps Steps { get; set; } = default!;

    [Inject] private Revealer Revealer { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private WorkingDays Days { get; set; } = default!;

    [Inject] private IBusinessClock BusinessClock { get; set; } = default!;

    [Inject] private DraftStore Drafts { get; set; } = default!;

    [Inject] private Flash Flash { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    /// <summary>The task.</summary>
    [Parameter] public Guid TaskId { get; set; }

    private TaskView? View { get; set; }

    private FormErrors Errors { get; set; } = new();

    private IReadOnlyDictionary<string, string[]>? FieldErrors { get; set; }

    private TaskTrouble? Trouble { get; set; }

    private TaskOutcomeItem? Confirming { get; set; }

    private RevealedNumbers? Revealed { get; set; }

    private JsonObject Data { get; set; } = [];

    private string? Choice { get; set; }

    private string Comment { get; set; } = "";

    private string? TargetActivity { get; set; }

    private DateTimeOffset? SavedAt { get; set; }

    private Guid OperationId { get; set; } = Guid.NewGuid();

    private Id<WorkTask>? NextTask { get; set; }

    private DateOnly Today => BusinessClock.Today;

    private string TaskName => System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && View!.Task.NameEn.Length > 0
        ? View.Task.NameEn
        : View!.Task.Name;

    private bool IsOpen => View!.Task.State is WorkTaskState.Ready or WorkTaskState.Claimed;

    private bool IsMine => View!.IsMine(Current.Required);

    private bool HasWideForm => IsMine && View!.Form is { } form && SettlementName is null
        && (form.Children.Count >= WideFormFields || form.Children.Any(c => c.Kind is FieldKind.Group or FieldKind.Repeated or FieldKind.Files));

    /// <summary>A form that settles verification lines is filled in beside the lines themselves.</summary>
    private string? SettlementName => IsMine && View!.Form?.Children.FirstOrDefault(c => c.Property == "lines") is not null ? "settle" : null;

    private string DraftAddress => $"/staff/tasks/{TaskId}/draft";

    private string CaseAddress => $"/staff/cases/{View!.Head.Case.Number}";

    private string DueText => View!.Task.DueOn is { } due && IsOpen
        ? View.TotalDueOn is { } total
            ? T["Task.DueAndTotal", Show.Date(due, Today), Left(total)]
            : T["Task.DueOnly", Show.Date(due, Today)]
        : "";

    private int Left(DateOnly due) => Days.Left(Today, due);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        if (View is null)
        {
            Navigation.NotFound();
            return;
        }

        Data = View.Draft.Data;
        Choice = View.Draft.Choice;
        Comment = View.Draft.Comment;
        SavedAt = View.Draft.SavedAt;
        if (HttpMethods.IsGet(Http.Request.Method) && IsMine && View.Task.SeenAt is null)
        {
            await Steps.MarkSeenAsync(Current.Required, View.Task.Id, Http.RequestAborted);
        }
    }

    private async Task LoadAsync()
    {
        View = await Reader.ReadAsync(Current.Required, new Id<WorkTask>(TaskId), Http.RequestAborted);
        if (View is not null)
        {
            await Days.LoadAsync(Http.RequestAborted);
            NextTask = await Steps.NextAsync(Current.Required, View.Task.Id, Http.RequestAborted);
        }
    }

    private async Task SubmitAsync()
    {
        if (View is null)
        {
            return;
        }

        var posted = await Posted.ReadAsync(View, Http.Request, Http.RequestAborted);
        (Data, Choice, Comment, TargetActivity, OperationId) = (posted.Data, posted.Choice, posted.Comment, posted.TargetActivity, posted.OperationId);
        switch (posted.Act)
        {
            case "draft":
                await SaveDraftAsync();
                break;
            case "back":
                break;
            case "decide" or null when posted.AddTo is null:
                await DecideAsync(posted);
                break;
            case { } verb when Enum.TryParse<TaskVerb>(verb, out var kind):
                await DoVerbAsync(posted, kind);
                break;
        }
    }

    private async Task DecideAsync(PostedTask posted)
    {
        // What has ended meanwhile is not asked about again: the service tells at once who ended it.
        if (IsOpen && !Check(posted))
        {
            return;
        }

        var outcome = View!.Actions.Outcomes.FirstOrDefault(o => o.Outcome == posted.Choice);
        if (IsOpen && outcome is not null && TaskSteps.IsFinal(outcome.Outcome) && posted.Confirmed != outcome.Outcome)
        {
            await SaveDraftAsync();
            Confirming = outcome;
            return;
        }

        var request = posted.Choice == "verb:ReturnToStep"
            ? Request(posted, TaskVerb.ReturnToStep) with { Comment = posted.Comment, TargetActivityId = posted.TargetActivity }
            : Request(posted, TaskVerb.Complete) with { Outcome = posted.Choice, Form = posted.Form, Comment = posted.Comment };
        await PerformAsync(request);
    }

    private bool Check(PostedTask posted)
    {
        if (string.IsNullOrEmpty(posted.Choice))
        {
            Errors.Add("choice", T["Decision.Choice"], T["Decision.ChooseOne"]);
        }

        if (posted.FieldErrors.Count > 0 && posted.Choice != "verb:ReturnToStep")
        {
            FieldErrors = posted.FieldErrors;
            FormMistakes.Add(Errors, View!.Form, posted.FieldErrors);
        }

        if (posted.Comment.Length == 0 && !(View!.Signed is not null && posted.Choice == "Confirm"))
        {
            var objection = View!.Signed is not null;
            Errors.Add("comment", objection ? T["Signature.Objection"] : T["Decision.Opinion"], objection ? T["Signature.WriteObjection"] : T["Decision.WriteOpinion"]);
        }

        return !Errors.Any;
    }

    private async Task DoVerbAsync(PostedTask posted, TaskVerb verb)
    {
        var request = Request(posted, verb) with { Comment = posted.Reason, TargetAccountId = posted.ForwardTo };
        if (verb is TaskVerb.Forward or TaskVerb.DeclareRecusal or TaskVerb.Withdraw && string.IsNullOrWhiteSpace(posted.Reason))
        {
            var field = verb switch { TaskVerb.Forward => "forwardReason", TaskVerb.Withdraw => "withdrawReason", _ => "recusal" };
            Errors.Add(field, T.Of(verb), T["Decision.WriteReason"]);
            return;
        }

        await PerformAsync(request);
    }

    private TaskRequest Request(PostedTask posted, TaskVerb verb) =>
        new(View!.Task.Id, verb, posted.TaskRevision, posted.FactsRevision, posted.OperationId);

    private async Task PerformAsync(TaskRequest request)
    {
        try
        {
            var receipt = await Tasks.PerformAsync(Current.Required, request, Http.RequestAborted);
            await AfterAsync(request, receipt);
        }
        catch (InvalidInputException invalid)
        {
            FieldErrors = FormMistakes.Of(invalid);
            FormMistakes.Add(Errors, View!.Form, FieldErrors);
        }
        catch (RefusedException refused) when (refused.Field is not null)
        {
            FieldErrors = FormMistakes.Of(new InvalidInputException(refused.Field, Words(refused.Refusal)));
            FormMistakes.Add(Errors, View!.Form, FieldErrors);
        }
        catch (RefusedException refused)
        {
            await FailAsync(new TaskTrouble(Tone.Bad, T["Trouble.Refused"], Words(refused.Refusal)));
        }
        catch (ConflictException conflict)
        {
            await FailAsync(new TaskTrouble(Tone.Attention, T["Trouble.Conflict"], $"{conflict.Message} {T["Trouble.Kept"]}", SeeCase: true));
        }
        catch (StepFaultedException fault)
        {
            await FailAsync(new TaskTrouble(Tone.Bad, T["Trouble.Fault"], fault.Message));
        }
    }

    private static string Words(Refusal refusal) => refusal.In(System.Globalization.CultureInfo.CurrentUICulture.Name);

    /// <summary>Nothing was recorded: keep what was written, show the task as it is now.</summary>
    private async Task FailAsync(TaskTrouble trouble)
    {
        await SaveDraftAsync();
        OperationId = Guid.NewGuid();
        await LoadAsync();
        Trouble = trouble;
    }

    private async Task AfterAsync(TaskRequest request, TaskReceipt receipt)
    {
        if (request.Verb is TaskVerb.Claim)
        {
            Navigation.NavigateTo($"/staff/tasks/{TaskId}");
            return;
        }

        if (request.Verb is TaskVerb.Complete or TaskVerb.ReturnToStep)
        {
            await Drafts.DeleteAsync(Current.Required, TaskViewReader.Purpose(View!.Task.Id), Http.RequestAborted);
        }

        var links = new List<FlashLink> { new(CaseAddress, T["Decision.SeeCase"]) };
        if (NextTask is { } next)
        {
            links.Add(new FlashLink($"/staff/tasks/{next}", T["Task.Next"]));
        }

        var numbers = receipt.DocumentNumbers.Count == 0 ? null : T["Decision.Issued", string.Join('、', receipt.DocumentNumbers)].Value;
        Flash.Set(new FlashMessage(receipt.Message, numbers, Links: links));
        Navigation.NavigateTo("/staff/inbox");
    }

    private async Task SaveDraftAsync()
    {
        var content = new JsonObject { ["choice"] = Choice, ["comment"] = Comment, ["form"] = Data.DeepClone() };
        SavedAt = await Drafts.SaveAsync(Current.Required, TaskViewReader.Purpose(View!.Task.Id), content, Http.RequestAborted);
    }

    private async Task RevealAsync()
    {
        if (View is not null)
        {
            Revealed = await Revealer.RevealAsync(
                Current.Required, View.Head.Case, Http.Request.Form["reason"].ToString(), Http.RequestAborted);
        }
    }
}
