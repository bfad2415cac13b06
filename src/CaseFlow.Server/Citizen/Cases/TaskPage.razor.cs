using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Components.Uploads;
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
    private const string Papers = "materials";
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

    [Inject] private CaseTypeCatalogue Catalogue { get; set; } = default!;

    [Inject] private ITaskService Tasks { get; set; } = default!;

    [Inject] private DraftStore Drafts { get; set; } = default!;

    [Inject] private UploadDesk Desk { get; set; } = default!;

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

        if (task.FormKey is { } key && await Catalogue.FormSchemaAsync(task.CaseTypeVersionId, key, Http.RequestAborted) is { } schema)
        {
            var read = FormSchema.Read((JsonObject)JsonNode.Parse(schema)!);
            form = read with { Children = [.. read.Children.Where(c => c.Property != Papers)] };
            papers = read.Children.Any(c => c.Property == Papers) ? AskedPaper.Of(await Cases.MaterialsAsync(id, Http.RequestAborted), T["Citizen.OtherPaper"]) : [];
        }

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

        await SendAsync(Whole(posted["revision"]), Whole(posted["facts"]));
    }

    private async Task SendAsync(int revision, int facts)
    {
        var sent = (JsonObject)data.DeepClone();
        if (uploads.Count > 0)
        {
            sent[Papers] = AskedPaper.Json(uploads, papers);
        }

        try
        {
            var request = new TaskRequest(task!.Id, TaskVerb.Complete, revision, facts, operation, Outcome: task.Outcomes.Split(',')[0], Form: sent);
            await Tasks.PerformAsync(Current.Required, request, Http.RequestAborted);
            await Drafts.DeleteAsync(Current.Required, Purpose, Http.RequestAborted);
            Flash.Set(new FlashMessage(T["Citizen.Sent", CitizenCases.NameOf(task)]));
            Navigation.NavigateTo($"/my/cases/{CaseId}");
        }
        catch (InvalidInputException invalid)
        {
            fieldErrors = FormMistakes.Of(invalid);
            FormMistakes.Add(errors, form, fieldErrors);
        }
        catch (RefusedException refused)
        {
            trouble = refused.Refusal.Message;
        }
        catch (ConflictException conflict)
        {
            trouble = conflict.Message;
        }
        catch (StepFaultedException fault)
        {
            trouble = fault.Message;
        }
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
        foreach (var paper in papers)
        {
            foreach (var file in posted.Files.GetFiles($"paper.{paper.Code}").Where(f => f.FileName.Length > 0))
            {
                var (staged, error) = await Desk.StageAsync(file, Http.RequestAborted);
                if (staged is null)
                {
                    errors.Add($"paper.{paper.Code}", paper.Name, error!);
                }
                else if (!uploads.Exists(u => u.Code == paper.Code && u.BlobHash == staged.BlobHash))
                {
                    uploads.Add(new UploadedMaterial(paper.Code, staged.BlobHash, staged.FileName, staged.ContentType));
                }
            }
        }
    }

    private static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
