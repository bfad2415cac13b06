using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Citizen.Cases;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Components.Uploads;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>Takes in at the counter what an applicant owes; the case goes on as if the applicant had sent it.</summary>
public sealed partial class PapersPage
{
    private const string Papers = "materials";
    private const string Family = "family";
    private readonly FormErrors errors = new();
    private WaitingPaper? row;
    private SchemaField? form;
    private JsonObject data = [];
    private IReadOnlyDictionary<string, string[]>? fieldErrors;
    private IReadOnlyList<AskedPaper> papers = [];
    private HashSet<string> got = [];
    private string? by;
    private string? byName;
    private string? trouble;
    private Guid operation = Guid.NewGuid();

    [Inject] private WaitingPapers Waiting { get; set; } = default!;

    [Inject] private CaseTypeCatalogue Catalogue { get; set; } = default!;

    [Inject] private ITaskService Tasks { get; set; } = default!;

    [Inject] private UploadDesk Uploads { get; set; } = default!;

    [Inject] private FormWords Words { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private IBusinessClock BusinessClock { get; set; } = default!;

    [Inject] private Flash Flash { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    /// <summary>The applicant's step.</summary>
    [Parameter] public Guid TaskId { get; set; }

    private List<Choice> Bringers => [.. new[] { "self", Family, "community" }.Select(b => new Choice(b, T[$"Counter.By.{b}"]))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        row = await Waiting.FindAsync(Current.Required, new Id<WorkTask>(TaskId), Http.RequestAborted);
        if (row is null)
        {
            Navigation.NotFound();
            return;
        }

        if (row.Task.State is not (WorkTaskState.Ready or WorkTaskState.Claimed))
        {
            Navigation.NavigateTo($"/staff/cases/{row.Case.Number}");
            return;
        }

        if (row.Task.FormKey is { } key && await Catalogue.FormSchemaAsync(row.Task.CaseTypeVersionId, key, Http.RequestAborted) is { } schema)
        {
            var read = FormSchema.Read((JsonObject)JsonNode.Parse(schema)!);
            form = read with { Children = [.. read.Children.Where(c => c.Property != Papers)] };
            papers = read.Children.Any(c => c.Property == Papers)
                ? AskedPaper.Of(await Waiting.MaterialsAsync(row.Case.Id, Http.RequestAborted), T["Citizen.OtherPaper"])
                : [];
        }
    }

    private async Task SubmitAsync()
    {
        if (row is null)
        {
            return;
        }

        var posted = await Http.Request.ReadFormAsync(Http.RequestAborted);
        operation = Guid.TryParse(posted["operationId"], out var given) ? given : operation;
        ReadForm(posted);
        var received = await ReadPapersAsync(posted);
        ReadBringer(posted);
        if (received.Count > 0)
        {
            data[Papers] = received;
        }

        if (data.Count == 0)
        {
            errors.Add(papers.Count > 0 ? $"paper.{papers[0].Code}" : "by", "", T["Counter.Nothing"]);
        }

        if (!errors.Any)
        {
            await SendAsync(Whole(posted["revision"]), Whole(posted["facts"]));
        }
    }

    private async Task SendAsync(int revision, int facts)
    {
        try
        {
            var who = T[$"Counter.By.{by}"].Value + (string.IsNullOrWhiteSpace(byName) ? "" : $"：{byName.Trim()}");
            var request = new TaskRequest(
                row!.Task.Id, TaskVerb.Complete, revision, facts, operation, Outcome: row.Task.Outcomes.Split(',')[0], Form: data, Comment: who);
            await Tasks.PerformAsync(Current.Required, request, Http.RequestAborted);
            Flash.Set(new FlashMessage(T["Counter.Done", row.Case.ApplicantName, row.Task.Name], Links: [new FlashLink("/staff/intake/papers", T["Counter.Next"])]));
            Navigation.NavigateTo($"/staff/cases/{row.Case.Number}");
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

    private void ReadForm(IFormCollection posted)
    {
        if (form is not null)
        {
            (data, var mistakes) = FormReader.Read(form, posted, Words);
            fieldErrors = mistakes;
            FormMistakes.Add(errors, form, mistakes);
        }
    }

    private async Task<JsonArray> ReadPapersAsync(IFormCollection posted)
    {
        got = posted["got"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var received = new JsonArray();
        foreach (var paper in papers)
        {
            var scans = 0;
            foreach (var file in posted.Files.GetFiles($"paper.{paper.Code}").Where(f => f.FileName.Length > 0))
            {
                var (staged, error) = await Uploads.StageAsync(file, Http.RequestAborted);
                if (staged is null)
                {
                    errors.Add($"paper.{paper.Code}", paper.Name, error!);
                    continue;
                }

                scans++;
                received.Add(new JsonObject
                {
                    ["code"] = paper.Code,
                    ["name"] = paper.Name,
                    ["blobHash"] = staged.BlobHash,
                    ["fileName"] = staged.FileName,
                    ["contentType"] = staged.ContentType,
                });
            }

            if (scans == 0 && got.Contains(paper.Code))
            {
                received.Add(new JsonObject { ["code"] = paper.Code, ["name"] = paper.Name });
            }
        }

        return received;
    }

    private void ReadBringer(IFormCollection posted)
    {
        by = Bringers.Exists(b => b.Value == posted["by"].ToString()) ? posted["by"].ToString() : null;
        byName = posted["byName"];
        if (by is null)
        {
            errors.Add("by", T["Counter.By"], T["Forms.Choose", T["Counter.By"]]);
        }
        else if (by != "self" && string.IsNullOrWhiteSpace(byName))
        {
            errors.Add("byName", T["Counter.ByName"], T["Forms.Fill", T["Counter.ByName"]]);
        }
    }

    private static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
