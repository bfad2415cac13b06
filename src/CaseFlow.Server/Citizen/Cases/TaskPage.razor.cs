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

/// <summary>What waits for the citizen: missing papers, an explanation, a statement. Papers are photographed one by one.</summary>
public sealed partial class TaskPage
{
    private const string Papers = "materials";
    private readonly FormErrors errors = new();
    private CitizenCase? its;
    private WorkTask? task;
    private SchemaField? form;
    private JsonObject data = [];
    private IReadOnlyDictionary<string, string[]>? fieldErrors;
    private List<Material> missing = [];
    private Guid operation = Guid.NewGuid();

    [Inject] private CitizenCases Cases { get; set; } = default!;

    [Inject] private CaseTypeCatalogue Catalogue { get; set; } = default!;

    [Inject] private ITaskService Tasks { get; set; } = default!;

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

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var id = new Id<Case>(CaseId);
        its = await Cases.FindAsync(id, Http.RequestAborted);
        task = its is null ? null : (await Cases.TasksAsync(id, Http.RequestAborted)).Find(t => t.Id.Value == TaskId);
        if (task is null)
        {
            Navigation.NotFound();
            return;
        }

        if (task.FormKey is { } key && await Catalogue.FormSchemaAsync(task.CaseTypeVersionId, key, Http.RequestAborted) is { } schema)
        {
            var read = FormSchema.Read((JsonObject)JsonNode.Parse(schema)!);
            form = read with { Children = [.. read.Children.Where(c => c.Property != Papers)] };
            var asked = read.Children.Any(c => c.Property == Papers);
            missing = asked ? [.. (await Cases.MaterialsAsync(id, Http.RequestAborted)).Where(m => !m.Received || m.CorrectionRequest is not null)] : [];
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
        await ReadAsync(posted);
        if (errors.Any)
        {
            return;
        }

        var request = new TaskRequest(
            task.Id, TaskVerb.Complete, Whole(posted["revision"]), Whole(posted["facts"]), operation, Outcome: task.Outcomes.Split(',')[0], Form: data);
        try
        {
            await Tasks.PerformAsync(Current.Required, request, Http.RequestAborted);
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
            errors.Add("", "", refused.Refusal.Message);
        }
        catch (ConflictException conflict)
        {
            errors.Add("", "", conflict.Message);
        }
    }

    private async Task ReadAsync(IFormCollection posted)
    {
        if (form is not null)
        {
            (data, var mistakes) = FormReader.Read(form, posted, Words);
            fieldErrors = mistakes;
            FormMistakes.Add(errors, form, mistakes);
        }

        var papers = new JsonArray();
        foreach (var material in missing)
        {
            if (posted.Files.GetFile($"paper.{material.Code}") is not { Length: > 0 } file)
            {
                continue;
            }

            var (staged, error) = await Desk.StageAsync(file, Http.RequestAborted);
            if (staged is null)
            {
                errors.Add($"paper.{material.Code}", material.Name, error!);
                continue;
            }

            papers.Add(new JsonObject
            {
                ["code"] = material.Code,
                ["name"] = material.Name,
                ["blobHash"] = staged.BlobHash,
                ["fileName"] = staged.FileName,
                ["contentType"] = staged.ContentType,
            });
        }

        if (papers.Count > 0)
        {
            data[Papers] = papers;
        }
    }

    private static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
