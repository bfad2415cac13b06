using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Citizen.Cases;

/// <summary>
/// What waits for the citizen: missing papers, an explanation, a statement. Papers are photographed one by one; what has
/// arrived stays in a draft until all of it is sent.
/// </summary>
public sealed partial class TaskPage
{
    private readonly FormErrors errors = new();
    private CitizenCase? its;
    private WorkTask? task;
    private SchemaField? form;
    private JsonObject data = [];
    private IReadOnlyDictionary<string, string[]>? fieldErrors;
    private IReadOnlyList<AskedPaper> papers = [];
    private List<UploadedMaterial> uploads = [];
    private string? trouble;
    private Guid operation = Guid.NewGuid();

    [Inject] private CitizenCases Cases { get; set; } = default!;

    [Inject] private ApplicantStep Step { get; set; } = default!;

    [Inject] private DraftStore Drafts { get; set; } = default!;

    [Inject] private FormWords Words { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private Flash Flash { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    /// <summary>The case.</summary>
    [Parameter] public Guid CaseId { get; set; }

    /// <summary>The task.</summary>
    [Parameter] public Guid TaskId { get; set; }

    private string Purpose => $"task:{TaskId}";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var id = new Id<Case>(CaseId);
        its = await Cases.FindAsync(id, Http.RequestAborted);
        task = its is null ? null : (await Cases.TasksAsync(id, Http.RequestAborted)).Find(t => t.Id.Value == TaskId);
        if (task is null)
        {
            GoWhereItStands();
            return;
        }

        (form, papers) = await Step.ReadAsync(task, stop => Cases.MaterialsAsync(id, stop), Http.RequestAborted);
        var draft = (await Drafts.LoadAsync(Current.Required, Purpose, Http.RequestAborted))?.Content ?? [];
        uploads = AskedPaper.Uploads(draft["uploads"] as JsonArray);
        data = draft["form"] is JsonObject kept ? (JsonObject)kept.DeepClone() : [];
    }

    /// <summary>A task that is done leads to its case, which says so; a second click on the button ends there too.</summary>
    private void GoWhereItStands()
    {
        if (its is null)
        {
            Navigation.NotFound();
        }
        else
        {
            Navigation.NavigateTo($"/my/cases/{CaseId}");
        }
    }

    private async Task SubmitAsync()
    {
        if (task is null || its is null)
        {
            return;
        }

        var posted = await Http.Request.ReadFormAsync(Http.RequestAborted);
        operation = Guid.TryParse(posted["operationId"], out var given) ? given : operation;
        var keep = posted["act"] == "keep";
        await ReadPapersAsync(posted);
        ReadForm(posted, strict: !keep);
        await Drafts.SaveAsync(Current.Required, Purpose, new JsonObject { ["uploads"] = AskedPaper.Json(uploads), ["form"] = data.DeepClone() }, Http.RequestAborted);
        if (!keep && data.Count == 0)
        {
            foreach (var paper in papers.Where(p => p.Missing && !uploads.Exists(u => u.Code == p.Code)))
            {
                errors.Add($"paper.{paper.Code}", paper.Name, T["Citizen.NothingToSend"]);
            }
        }

        if (errors.Any || keep)
        {
            return;
        }

        await SendAsync(posted);
    }

    private async Task SendAsync(IFormCollection posted)
    {
        var sent = (JsonObject)data.DeepClone();
        if (uploads.Count > 0)
        {
            sent[ApplicantStep.Papers] = AskedPaper.Json(uploads, papers);
        }

        if (await Step.CompleteAsync(Current.Required, task!, posted, operation, sent, null, Http.RequestAborted) is { } why)
        {
            (trouble, fieldErrors) = (why.Sentence, why.Fields ?? fieldErrors);
            FormMistakes.Add(errors, form, why.Fields ?? new Dictionary<string, string[]>());
            return;
        }

        await Drafts.DeleteAsync(Current.Required, Purpose, Http.RequestAborted);
        Flash.Set(new FlashMessage(T["Citizen.Sent", CitizenCases.NameOf(task!)]));
        Navigation.NavigateTo($"/my/cases/{CaseId}");
    }

    private void ReadForm(IFormCollection posted, bool strict)
    {
        if (form is null)
        {
            return;
        }

        (data, var mistakes) = FormReader.Read(form, posted, Words);
        if (strict)
        {
            fieldErrors = mistakes;
            FormMistakes.Add(errors, form, mistakes);
        }
    }

    private async Task ReadPapersAsync(IFormCollection posted)
    {
        var kept = posted["kept"].ToHashSet();
        uploads.RemoveAll(u => !kept.Contains($"{u.Code}|{u.BlobHash}"));
        foreach (var upload in await Step.StageAsync(papers, posted.Files, errors, Http.RequestAborted))
        {
            if (!uploads.Exists(u => u.Code == upload.Code && u.BlobHash == upload.BlobHash))
            {
                uploads.Add(upload);
            }
        }
    }
}
