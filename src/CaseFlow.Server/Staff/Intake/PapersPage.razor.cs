using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Citizen.Cases;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>Takes in at the counter what an applicant owes; the case goes on as if the applicant had sent it.</summary>
public sealed partial class PapersPage
{
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

    [Inject] private ApplicantStep Step { get; set; } = default!;

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

        (form, papers) = await Step.ReadAsync(row.Task, stop => Waiting.MaterialsAsync(row.Case.Id, stop), Http.RequestAborted);
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
            data[ApplicantStep.Papers] = received;
        }

        if (data.Count == 0)
        {
            errors.Add(papers.Count > 0 ? $"paper.{papers[0].Code}" : "by", "", T["Counter.Nothing"]);
        }

        if (!errors.Any)
        {
            await SendAsync(row, posted);
        }
    }

    private async Task SendAsync(WaitingPaper waiting, IFormCollection posted)
    {
        var who = T[$"Counter.By.{by}"].Value + (string.IsNullOrWhiteSpace(byName) ? "" : $"：{byName.Trim()}");
        if (await Step.CompleteAsync(Current.Required, waiting.Task, posted, operation, data, who, Http.RequestAborted) is { } why)
        {
            (trouble, fieldErrors) = (why.Sentence, why.Fields ?? fieldErrors);
            FormMistakes.Add(errors, form, why.Fields ?? new Dictionary<string, string[]>());
            return;
        }

        Flash.Set(new FlashMessage(T["Counter.Done", waiting.Case.ApplicantName, waiting.Task.Name], Links: [new FlashLink("/staff/intake/papers", T["Counter.Next"])]));
        Navigation.NavigateTo($"/staff/cases/{waiting.Case.Number}");
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
        var scans = await Step.StageAsync(papers, posted.Files, errors, Http.RequestAborted);
        var received = AskedPaper.Json(scans, papers);
        foreach (var paper in papers.Where(p => got.Contains(p.Code) && !scans.Exists(s => s.Code == p.Code)))
        {
            received.Add(new JsonObject { ["code"] = paper.Code, ["name"] = paper.Name });
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
}
