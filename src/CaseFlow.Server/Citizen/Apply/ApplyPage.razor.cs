using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Citizen.Guide;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Components.Uploads;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Citizen.Apply;

/// <summary>
/// The application, one question a page. Every page saves itself in a draft; nothing is checked against the whole form before
/// the last page, where mistakes lead back to their page.
/// </summary>
public sealed partial class ApplyPage
{
    private readonly FormErrors errors = new();
    private Service? service;
    private ApplicationDraft? draft;
    private IReadOnlyList<ApplicationPage> pages = [];
    private ApplicationPage? page;
    private SchemaField? form;
    private JsonObject? shown;
    private IReadOnlyDictionary<string, string[]>? fieldErrors;
    private IReadOnlyList<FieldOption> communities = [];
    private int index;

    [Inject] private ServiceGuide Guide { get; set; } = default!;

    [Inject] private CaseTypeCatalogue Catalogue { get; set; } = default!;

    [Inject] private DraftStore Drafts { get; set; } = default!;

    [Inject] private UploadDesk Desk { get; set; } = default!;

    [Inject] private FormWords Words { get; set; } = default!;

    [Inject] private IIntakeService Intake { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private IBusinessClock Clock { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    /// <summary>Code of the case type.</summary>
    [Parameter] public string CaseType { get; set; } = "";

    /// <summary>The page; the first if none is named.</summary>
    [Parameter] public string? PageKey { get; set; }

    private string Title => page!.Title ?? T[$"Apply.Page.{page.Key}"];

    private string Previous => index == 0 ? $"/services/{CaseType}" : Address(index - 1);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        service = await Guide.FindAsync(CaseType, Http.RequestAborted);
        if (service is null || Current.Required.Kind != ActorKind.Citizen)
        {
            Navigation.NotFound();
            return;
        }

        var schema = await Catalogue.FormSchemaAsync(service.VersionId, "application", Http.RequestAborted);
        var parsed = (JsonObject)JsonNode.Parse(schema!)!;
        form = FormSchema.Read(parsed);
        communities = await Guide.CommunitiesAsync(Http.RequestAborted);
        var stored = await Drafts.LoadAsync(Current.Required, ApplicationDraft.Purpose(CaseType), Http.RequestAborted);
        draft = new ApplicationDraft(stored?.Content ?? []);
        Show();
    }

    private void Show()
    {
        pages = ApplicationPages.Of(form!, draft!.Form, communities);
        index = PageKey is null ? 0 : pages.ToList().FindIndex(p => p.Key == PageKey);
        page = index < 0 ? null : pages[index];
        shown = draft.Form;
        if (page is null)
        {
            Navigation.NotFound();
        }
    }

    private async Task SubmitAsync()
    {
        if (page is null || draft is null)
        {
            return;
        }

        var posted = await Http.Request.ReadFormAsync(Http.RequestAborted);
        var act = posted["act"].ToString();
        await TakeAsync(posted, act == "later");
        if (posted["form-add"].ToString() is { Length: > 0 } list)
        {
            AddEntry(list);
            return;
        }

        if (errors.Any)
        {
            return;
        }

        await SaveAsync();
        if (act == "later")
        {
            Navigation.NavigateTo("/my");
        }
        else if (page.Kind == ApplicationPageKind.Check)
        {
            await SendAsync();
        }
        else
        {
            Navigation.NavigateTo(Address(index + 1));
        }
    }

    private Task TakeAsync(IFormCollection posted, bool later) => page!.Kind switch
    {
        ApplicationPageKind.Fields => TakeFields(posted, later),
        ApplicationPageKind.Materials => TakeMaterialsAsync(posted),
        ApplicationPageKind.Consents => TakeConsents(posted, later),
        _ => Task.CompletedTask,
    };

    private Task TakeFields(IFormCollection posted, bool later)
    {
        var (data, mistakes) = FormReader.Read(page!.Form, posted, Words);
        draft!.Take(page.Form, data);
        shown = draft.Form;
        if (!later && posted["form-add"].Count == 0 && mistakes.Count > 0)
        {
            fieldErrors = mistakes;
            FormMistakes.Add(errors, page.Form, mistakes);
        }

        return Task.CompletedTask;
    }

    private async Task TakeMaterialsAsync(IFormCollection posted)
    {
        var kept = posted["kept"].ToHashSet();
        draft!.Uploads.RemoveAll(u => !kept.Contains($"{u.Code}|{u.BlobHash}"));
        foreach (var file in posted.Files.Where(f => f.Length > 0))
        {
            var (staged, error) = await Desk.StageAsync(file, Http.RequestAborted);
            if (staged is null)
            {
                errors.Add(file.Name, "", error!);
            }
            else
            {
                draft.Add(file.Name, staged);
            }
        }
    }

    private Task TakeConsents(IFormCollection posted, bool later)
    {
        var consenting = posted["consent"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        draft!.Consent(posted["commitment"].Contains("true"), consenting);
        if (!later)
        {
            foreach (var adult in ApplicationPages.Adults(draft.Form, Clock.Today).Where(a => !consenting.Contains(a.Value)))
            {
                errors.Add("consent", "", T["Apply.ConsentMissing", adult.Label]);
            }

            if (!posted["commitment"].Contains("true"))
            {
                errors.Add("commitment", "", T["Apply.CommitmentMissing"]);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Opens one more entry of a list; it falls out again if nobody fills it in.</summary>
    private void AddEntry(string pointer)
    {
        var property = pointer.TrimStart('/').Split('/')[0];
        var parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        JsonObject owner = draft!.Form;
        foreach (var part in parts[..^1])
        {
            var next = owner[part] as JsonObject ?? [];
            owner[part] = next;
            owner = next;
        }

        var list = owner[parts[^1]] as JsonArray ?? [];
        owner[parts[^1]] = list;
        list.Add(new JsonObject());
        shown = draft.Form;
        PageKey ??= property;
    }

    private async Task SendAsync()
    {
        try
        {
            var request = new ApplicationRequest(CaseType, (JsonObject)draft!.Form.DeepClone(), draft.Uploads, "online", draft.OperationId);
            var receipt = await Intake.SubmitAsync(Current.Required, request, Http.RequestAborted);
            await Drafts.DeleteAsync(Current.Required, ApplicationDraft.Purpose(CaseType), Http.RequestAborted);
            Navigation.NavigateTo($"/my/cases/{receipt.CaseId}/receipt");
        }
        catch (InvalidInputException invalid)
        {
            foreach (var (field, sentences) in invalid.Errors)
            {
                errors.Add(field, PageOf(field)?.Title ?? "", string.Join(" ", sentences));
            }
        }
        catch (RefusedException refused)
        {
            errors.Add("", "", refused.Refusal.Message);
        }
    }

    private ApplicationPage? PageOf(string field)
    {
        var property = field.TrimStart('/', '#').Split('/', '.')[0];
        return pages.FirstOrDefault(p => p.Key == property || p.Form.Children.Any(c => c.Property == property));
    }

    private Task<DateTimeOffset> SaveAsync() =>
        Drafts.SaveAsync(Current.Required, ApplicationDraft.Purpose(CaseType), draft!.ToJson(), Http.RequestAborted);

    private string Address(int at) => $"/apply/{CaseType}/{pages[at].Key}";
}
