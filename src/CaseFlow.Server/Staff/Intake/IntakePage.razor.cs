using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Components.Uploads;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>One page of a registration: shows its part of the form, keeps what was entered, goes on, and submits at the end.</summary>
public sealed partial class IntakePage
{
    [Inject] private IntakeReader Reader { get; set; } = default!;

    [Inject] private IntakeDrafts Drafts { get; set; } = default!;

    [Inject] private IntakeChecks Looked { get; set; } = default!;

    [Inject] private IIntakeService Intake { get; set; } = default!;

    [Inject] private UploadDesk Uploads { get; set; } = default!;

    [Inject] private FormChecks FormChecks { get; set; } = default!;

    [Inject] private FormWords Words { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private IBusinessClock BusinessClock { get; set; } = default!;

    [Inject] private TimeProvider Machine { get; set; } = default!;

    [Inject] private Flash Flash { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    /// <summary>The registration.</summary>
    [Parameter] public Guid DraftId { get; set; }

    /// <summary>The step.</summary>
    [Parameter] public string Step { get; set; } = "";

    private IntakeView? View { get; set; }

    private IntakeDraft? Draft { get; set; }

    private FormErrors Errors { get; } = new();

    private IReadOnlyDictionary<string, string[]>? FieldErrors { get; set; }

    private string? Trouble { get; set; }

    private Guid OperationId { get; set; } = Guid.NewGuid();

    private IReadOnlyList<IntakeCheck> Checks { get; set; } = [];

    private SchemaField Shown => View!.Form;

    private SchemaField Part => IntakeSteps.Part(View!.Form, Step);

    private IReadOnlyList<MaterialRequirement> Requirements => View!.Requirements;

    private IReadOnlyList<MaterialRequirement> Missing =>
        [.. Requirements.Where(r => r.Required && Draft!.Uploads.All(u => u.Code != r.Code))];

    private string TypeName => View!.TypeName;

    private string Office => View!.Office;

    private DateOnly Until => View!.Until;

    private static string Culture => CultureInfo.CurrentUICulture.Name;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var actor = Current.Required;
        View = IntakeSteps.All.Skip(1).Contains(Step, StringComparer.Ordinal) && IntakeStartPage.MayTakeIn(actor)
            ? await Reader.ReadAsync(actor, DraftId, Http.RequestAborted)
            : null;
        if (View is null)
        {
            Navigation.NotFound();
            return;
        }

        Draft = Step == "consents" ? View.Draft with { Form = IntakeConsents.Begin(View.Draft.Form, BusinessClock.Today) } : View.Draft;
        if (Step == "matter")
        {
            Checks = await Looked.ReadAsync(actor, Draft, Http.RequestAborted);
        }
    }

    private async Task SubmitAsync()
    {
        if (Draft is null)
        {
            return;
        }

        var posted = await Http.Request.ReadFormAsync(Http.RequestAborted);
        OperationId = Guid.TryParse(posted["operationId"], out var id) ? id : Guid.NewGuid();
        var act = posted["act"].ToString();
        if (Step == "materials")
        {
            await TakeAsync(posted);
        }
        else if (Step != "check")
        {
            await ReadPartAsync(posted, strict: act == "next");
        }

        await Drafts.SaveAsync(Current.Required, Draft, Http.RequestAborted);
        if (Errors.Any || posted["form-add"].Count > 0)
        {
            return;
        }

        await GoOnAsync(act);
    }

    private async Task GoOnAsync(string act)
    {
        switch (act)
        {
            case "submit":
                await SendAsync();
                break;
            case "keep":
                Flash.Set(new FlashMessage(T["Intake.Kept", Draft!.Name]));
                Navigation.NavigateTo("/staff/intake");
                break;
            case "notice" when Missing.Count > 0:
                Navigation.NavigateTo($"/staff/intake/{DraftId}/notice");
                break;
            case "notice" or "next":
                Navigation.NavigateTo($"/staff/intake/{DraftId}/{IntakeSteps.Beside(Step, 1)}");
                break;
            default:
                Navigation.NavigateTo($"/staff/intake/{DraftId}/{Step}");
                break;
        }
    }

    private async Task ReadPartAsync(IFormCollection posted, bool strict)
    {
        var part = Part;
        var (data, errors) = FormReader.Read(part, posted, Words);
        var form = (JsonObject)Draft!.Form.DeepClone();
        foreach (var field in part.Children)
        {
            form.Remove(field.Property);
            if (data[field.Property] is { } value)
            {
                form[field.Property] = value.DeepClone();
            }
        }

        if (posted["form-add"].ToString() is { Length: > 1 } pointer && form[pointer.Trim('/')] is JsonArray list)
        {
            list.Add(new JsonObject());
        }

        NumberMembers(form);
        Draft = Draft with { Form = form };
        if (strict)
        {
            FieldErrors = await FormChecks.MistakesAsync(View!.SchemaJson, form, p => IntakeSteps.StepOf(p) == Step, errors, Http.RequestAborted);
            FormMistakes.Add(Errors, part, FieldErrors, Words, form);
        }
    }

    /// <summary>Incomes and consents name members by these numbers.</summary>
    private static void NumberMembers(JsonObject form)
    {
        foreach (var (member, i) in (form["members"] as JsonArray ?? []).OfType<JsonObject>().Select((m, i) => (m, i)))
        {
            member["ref"] = $"m{i + 1}";
        }
    }

    private async Task TakeAsync(IFormCollection posted)
    {
        var uploads = Draft!.Uploads.ToList();
        foreach (var file in posted.Files.Where(f => f.Length > 0 && f.Name.StartsWith("material.", StringComparison.Ordinal)))
        {
            var code = file.Name["material.".Length..];
            if (Requirements.All(r => r.Code != code))
            {
                continue;
            }

            var (staged, error) = await Uploads.StageAsync(file, Http.RequestAborted);
            if (staged is null)
            {
                Errors.Add($"m-{code}", "", error!);
                continue;
            }

            uploads.Add(new UploadedMaterial(code, staged.BlobHash, staged.FileName, staged.ContentType));
        }

        Draft = Draft with { Uploads = uploads };
    }

    private async Task SendAsync()
    {
        try
        {
            var request = new ApplicationRequest(Draft!.CaseType, (JsonObject)Draft.Form.DeepClone(), Draft.Uploads, "counter", OperationId);
            var receipt = await Intake.SubmitAsync(Current.Required, request, Http.RequestAborted);
            await Drafts.DeleteAsync(Current.Required, DraftId, Http.RequestAborted);
            Flash.Set(new FlashMessage(
                T["Intake.Submitted", Draft.Name, receipt.CaseNumber],
                Links: [new FlashLink("/staff/intake", T["Intake.NextVisitor"])]));
            Navigation.NavigateTo($"/staff/cases/{receipt.CaseNumber}");
        }
        catch (InvalidInputException invalid)
        {
            FieldErrors = FormMistakes.Of(invalid);
            FormMistakes.Add(Errors, View!.Form, FieldErrors, Words, Draft!.Form);
            var step = IntakeSteps.StepOf(FieldErrors.Keys.First());
            Trouble = T["Intake.MendIn", T[$"Intake.Step.{step}"]];
        }
        catch (RefusedException refused)
        {
            Trouble = refused.Refusal.Message;
            OperationId = Guid.NewGuid();
        }
        catch (StepFaultedException fault)
        {
            Trouble = fault.Message;
            OperationId = Guid.NewGuid();
        }
    }
}
