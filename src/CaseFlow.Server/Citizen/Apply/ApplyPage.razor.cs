using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Components.Uploads;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Citizen.Apply;

/// <summary>
/// The application, one question a page. Every page saves itself in a draft and says what is wrong with its own answers; the
/// whole form is checked when it is submitted, and what is wrong then leads back to its page.
/// </summary>
public sealed partial class ApplyPage
{
    private readonly FormErrors errors = new();
    private OpenApplication? open;
    private IReadOnlyList<ApplicationPage> pages = [];
    private ApplicationPage? page;
    private IReadOnlyDictionary<string, string[]>? fieldErrors;
    private string? trouble;
    private int index;

    [Inject] private ApplicationDesk Desk { get; set; } = default!;

    [Inject] private UploadDesk Uploads { get; set; } = default!;

    [Inject] private FormWords Words { get; set; } = default!;

    [Inject] private IIntakeService Intake { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private Flash Flash { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    /// <summary>Code of the case type.</summary>
    [Parameter] public string CaseType { get; set; } = "";

    /// <summary>The page; the first if none is named.</summary>
    [Parameter] public string? PageKey { get; set; }

    /// <summary><c>check</c> where the person came from the last page to mend something, and goes back there.</summary>
    [SupplyParameterFromQuery] public string? Then { get; set; }

    private string Title => page!.Title ?? T[$"Apply.Page.{page.Key}"];

    private string Previous => Then is not null ? Address(pages.Count - 1) : index == 0 ? $"/services/{CaseType}" : Address(index - 1);

    private string? DraftAddress => page!.Form.Children.Count > 0 ? $"/apply/{CaseType}/{page.Key}/draft" : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Then = Then == "check" ? Then : null;
        open = await Desk.OpenAsync(Current.Required, CaseType, Http.RequestAborted);
        Show();
        if (page is null)
        {
            Navigation.NotFound();
        }
    }

    private void Show()
    {
        pages = open?.Pages() ?? [];
        index = PageKey is null ? 0 : pages.ToList().FindIndex(p => p.Key == PageKey);
        page = index >= 0 && index < pages.Count ? pages[index] : null;
    }

    private async Task SubmitAsync()
    {
        if (page is null || open is null)
        {
            return;
        }

        var posted = await Http.Request.ReadFormAsync(Http.RequestAborted);
        Then = posted["then"] == "check" ? "check" : null;
        var act = posted["act"].ToString();
        if (page.Kind == ApplicationPageKind.Check && act != "later")
        {
            await SendAsync(Guid.TryParse(posted["operationId"], out var operation) ? operation : open.Draft.OperationId);
            return;
        }

        var changes = ChangeLists(posted);
        await TakeAsync(posted, strict: act != "later" && !changes);
        await Desk.SaveAsync(Current.Required, open, Http.RequestAborted);
        if (errors.Any || changes)
        {
            Show();
            return;
        }

        if (act == "later")
        {
            Flash.Set(new FlashMessage(T["Apply.Kept", open.Service.Name]));
            Navigation.NavigateTo("/my");
            return;
        }

        Navigation.NavigateTo(Then is null ? Address(index + 1) : Address(pages.Count - 1));
    }

    private static bool ChangeLists(IFormCollection posted) => posted["form-add"].Count > 0 || posted["form-drop"].Count > 0;

    private async Task TakeAsync(IFormCollection posted, bool strict)
    {
        if (page!.Form.Children.Count > 0)
        {
            await TakeFieldsAsync(posted, strict);
        }

        switch (page.Kind)
        {
            case ApplicationPageKind.Materials:
                await TakeMaterialsAsync(posted);
                break;
            case ApplicationPageKind.Consents:
                TakeConsents(posted, strict);
                break;
        }
    }

    private async Task TakeFieldsAsync(IFormCollection posted, bool strict)
    {
        var (data, mistakes) = FormReader.Read(page!.Form, posted, Words);
        open!.Draft.Take(page.Form, data);
        if (posted["form-add"].ToString() is { Length: > 1 } list)
        {
            open.Draft.Extend(list);
        }

        if (posted["form-drop"].ToString() is { Length: > 1 } entry)
        {
            open.Draft.Drop(entry);
        }

        if (strict)
        {
            fieldErrors = await Desk.MistakesAsync(open, page, mistakes, Http.RequestAborted);
            FormMistakes.Add(errors, page.Form, fieldErrors, Words, open.Draft.Form);
        }
    }

    private async Task TakeMaterialsAsync(IFormCollection posted)
    {
        var kept = posted["kept"].ToHashSet();
        open!.Draft.Uploads.RemoveAll(u => !kept.Contains($"{u.Code}|{u.BlobHash}"));
        foreach (var file in posted.Files.Where(f => f.FileName.Length > 0))
        {
            var material = open.Service.Materials.FirstOrDefault(m => m.Code == file.Name);
            if (material is null)
            {
                continue;
            }

            var (staged, error) = await Uploads.StageAsync(file, Http.RequestAborted);
            if (staged is null)
            {
                errors.Add(file.Name, material.Name, error!);
            }
            else
            {
                open.Draft.Add(file.Name, staged);
            }
        }
    }

    private void TakeConsents(IFormCollection posted, bool strict)
    {
        var consenting = posted["consent"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var committed = posted["commitment"].Contains("true");
        open!.Draft.Consent(committed, consenting);
        if (!strict)
        {
            return;
        }

        foreach (var adult in Desk.Adults(open.Draft).Where(a => !consenting.Contains(a.Value)))
        {
            errors.Add("consent", "", T["Apply.ConsentMissing", ConsentsStep.NameOf(adult, T)]);
        }

        if (!committed)
        {
            errors.Add("commitment", "", T["Apply.CommitmentMissing"]);
        }
    }

    /// <summary>
    /// Submits. A repeated request finds its draft gone, but its operation done: the step runner answers it with the receipt of
    /// the first.
    /// </summary>
    private async Task SendAsync(Guid operation)
    {
        try
        {
            var request = new ApplicationRequest(CaseType, (JsonObject)open!.Draft.Form.DeepClone(), open.Draft.Uploads, "online", operation);
            var receipt = await Intake.SubmitAsync(Current.Required, request, Http.RequestAborted);
            await Desk.DropAsync(Current.Required, CaseType, Http.RequestAborted);
            Navigation.NavigateTo($"/my/cases/{receipt.CaseId}/receipt");
        }
        catch (InvalidInputException invalid)
        {
            foreach (var group in invalid.Errors.GroupBy(e => PageOf(e.Key)))
            {
                var words = string.Join(' ', group.SelectMany(e => e.Value).Distinct(StringComparer.Ordinal));
                errors.Add($"part.{group.Key?.Key}", group.Key is { } at ? at.Title ?? T[$"Apply.Page.{at.Key}"] : "", words);
            }
        }
        catch (RefusedException refused)
        {
            trouble = refused.Refusal.Message;
        }
        catch (StepFaultedException fault)
        {
            trouble = fault.Message;
        }
    }

    private ApplicationPage? PageOf(string field) => field switch
    {
        "uploads" => pages.FirstOrDefault(p => p.Kind == ApplicationPageKind.Materials),
        "consents" or "commitment" => pages.FirstOrDefault(p => p.Kind == ApplicationPageKind.Consents),
        _ => pages.FirstOrDefault(p => p.Asks(field)) ?? pages.FirstOrDefault(p => p.Asks(field.Split('/')[0])),
    };

    private string Address(int at) => $"/apply/{CaseType}/{pages[at].Key}";
}
