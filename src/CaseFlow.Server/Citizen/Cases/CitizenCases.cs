using System.Globalization;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using CaseFlow.Cases.Reviews;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Citizen.Cases;

/// <summary>
/// What a citizen sees of the own cases. The scope in force limits every query to them; who complained, the relatives'
/// flag, raw data of others and internal comments are never read here (domain O).
/// </summary>
internal sealed class CitizenCases(
    IUnitOfWork work, CaseTypeCatalogue catalogue, IBusinessClock clock, ReturnedMoneyReader returned, IStringLocalizer texts)
{
    /// <summary>The present day.</summary>
    public DateOnly Today => clock.Today;

    /// <summary>The own cases, newest first.</summary>
    public async Task<IReadOnlyList<CitizenCase>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await work.Set<Case>().AsNoTracking().OrderByDescending(c => c.SubmittedAt).ToListAsync(cancellationToken);
        var cases = new List<CitizenCase>(rows.Count);
        foreach (var row in rows)
        {
            cases.Add(await DescribeAsync(row, cancellationToken));
        }

        return cases;
    }

    /// <summary>One of the own cases; null if there is none of this id, or it is somebody else's.</summary>
    public async Task<CitizenCase?> FindAsync(Id<Case> id, CancellationToken cancellationToken)
    {
        var row = await work.Set<Case>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellationToken);
        return row is null ? null : await DescribeAsync(row, cancellationToken);
    }

    /// <summary>What the citizen has to do, the most urgent first.</summary>
    public async Task<IReadOnlyList<CitizenTodo>> TodosAsync(CancellationToken cancellationToken)
    {
        var tasks = await work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.ForCitizen && (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed))
            .OrderBy(t => t.DueOn)
            .ToListAsync(cancellationToken);
        var todos = new List<CitizenTodo>(tasks.Count);
        foreach (var task in tasks)
        {
            if (await FindAsync(task.CaseId, cancellationToken) is { } its)
            {
                todos.Add(new CitizenTodo(task.CaseId, task.Id, its.TypeName, NameOf(task), task.DueOn));
            }
        }

        return todos;
    }

    /// <summary>The open tasks of one case that are the citizen's.</summary>
    public Task<List<WorkTask>> TasksAsync(Id<Case> id, CancellationToken cancellationToken) =>
        work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.CaseId == id && t.ForCitizen && (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed))
            .OrderBy(t => t.DueOn)
            .ToListAsync(cancellationToken);

    /// <summary>What was paid or is due, newest month first: the ledger's lines of the last twelve months that have any.</summary>
    public async Task<IReadOnlyList<BenefitEntry>> PaymentsAsync(Id<Case> id, CancellationToken cancellationToken)
    {
        var lines = await work.Set<BenefitEntry>().AsNoTracking().Where(b => b.CaseId == id).ToListAsync(cancellationToken);
        return [.. lines.OrderByDescending(b => b.Month).ThenByDescending(b => b.At).Take(12)];
    }

    /// <summary>What the bank sent back and what has not been paid since.</summary>
    public Task<ReturnedMoney> ReturnedAsync(Case row, CancellationToken cancellationToken) => returned.OfCaseAsync(row, cancellationToken);

    /// <summary>The month in which the next periodic review is due; null if none is planned, or the benefit ends before it.</summary>
    public async Task<Month?> NextReviewAsync(Case row, CancellationToken cancellationToken)
    {
        var next = (await work.Set<ReviewSchedule>().AsNoTracking()
            .Where(r => r.CaseId == row.Id && r.ConcludedAt == null).OrderBy(r => r.StartsOn).FirstOrDefaultAsync(cancellationToken))?.DueMonth;
        return row.Status != CaseStatus.InForce || row.BenefitTo < next ? null : next;
    }

    /// <summary>The running total period of a case; null if none runs.</summary>
    public Task<Deadline?> TotalPeriodAsync(Id<Case> id, CancellationToken cancellationToken) =>
        work.Set<Deadline>().AsNoTracking()
            .Where(d => d.CaseId == id && d.State == DeadlineState.Running && d.RuleKey.EndsWith(".total"))
            .OrderBy(d => d.DueOn).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The body that handles a case.</summary>
    public Task<OrganisationUnit> OfficeAsync(Case row, CancellationToken cancellationToken) =>
        work.Set<OrganisationUnit>().AsNoTracking().FirstAsync(o => o.Id == row.OrganisationId, cancellationToken);

    /// <summary>One document that was issued to the applicant of an own case; null if there is none of this id.</summary>
    public Task<IssuedDocument?> DocumentAsync(Id<IssuedDocument> id, CancellationToken cancellationToken) =>
        work.Set<IssuedDocument>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.ForApplicant, cancellationToken);

    /// <summary>The documents that were issued to the applicant, newest first.</summary>
    public Task<List<IssuedDocument>> DocumentsAsync(Id<Case> id, CancellationToken cancellationToken) =>
        work.Set<IssuedDocument>().AsNoTracking()
            .Where(d => d.CaseId == id && d.ForApplicant)
            .OrderByDescending(d => d.IssuedAt)
            .ToListAsync(cancellationToken);

    /// <summary>The papers that were asked for, with what is still missing first.</summary>
    public Task<List<Material>> MaterialsAsync(Id<Case> id, CancellationToken cancellationToken) =>
        work.Set<Material>().AsNoTracking()
            .Where(m => m.CaseId == id && m.Code != Material.SurveyPhoto)
            .OrderBy(m => m.Received).ThenBy(m => m.Name)
            .ToListAsync(cancellationToken);

    /// <summary>The name of a task in the language of the page.</summary>
    public static string NameOf(WorkTask task) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && task.NameEn.Length > 0 ? task.NameEn : task.Name;

    private async Task<CitizenCase> DescribeAsync(Case row, CancellationToken cancellationToken)
    {
        var manifest = await catalogue.ManifestAsync(row.CaseTypeVersionId, cancellationToken);
        var culture = CultureInfo.CurrentUICulture.Name;
        var notice = await work.Set<PublicNotice>().AsNoTracking()
            .Where(n => n.CaseId == row.Id && n.State == PublicNoticeState.Running)
            .Select(n => (DateOnly?)n.EndsOn)
            .FirstOrDefaultAsync(cancellationToken);
        var stage = manifest.Stage(row.Stage)?.Citizen.In(culture) ?? row.Stage;
        if (row.Stage == "AwaitingCorrection" && (await TasksAsync(row.Id, cancellationToken)).Count == 0)
        {
            // The stage stays until the office has looked; the citizen has done the citizen's part.
            stage = texts["Citizen.Corrected"];
        }
        else if (row is { Stage: "Stopped", BenefitTo: { } last } && !(last < Month.Of(Today.Year, Today.Month)))
        {
            // Decided, but still paid: "stopped" would be read as no money from now on.
            stage = texts["Citizen.StopDecided"];
        }

        // A notice that runs after the grant is one of what was decided later, never the application's.
        var applied = row.Status == CaseStatus.Open;
        return new CitizenCase(row, manifest.Name.In(culture), stage, applied ? notice : null, applied ? null : notice);
    }
}

/// <summary>One of the citizen's cases.</summary>
/// <param name="Row">The case.</param>
/// <param name="TypeName">What it is, in the language of the page.</param>
/// <param name="Stage">Where it stands, in plain words.</param>
/// <param name="NoticeEndsOn">Last day of the application's running public notice.</param>
/// <param name="StopNoticeEndsOn">Last day of a running public notice of what was decided after the grant, a stop.</param>
internal sealed record CitizenCase(Case Row, string TypeName, string Stage, DateOnly? NoticeEndsOn, DateOnly? StopNoticeEndsOn);

/// <summary>Something that waits for the citizen.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="TaskId">The task.</param>
/// <param name="CaseTypeName">What the case is.</param>
/// <param name="TaskName">What is to be done.</param>
/// <param name="DueOn">Last day.</param>
internal sealed record CitizenTodo(Id<Case> CaseId, Id<WorkTask> TaskId, string CaseTypeName, string TaskName, DateOnly? DueOn);
