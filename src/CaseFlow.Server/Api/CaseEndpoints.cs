using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Staff.Cases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Api;

/// <summary>Cases within the caller's scope; one that may not be seen is not found.</summary>
internal static class CaseEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapCases(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/cases").WithTags("Cases");
        group.MapGet("", SearchAsync).WithName("SearchCases").WithSummary("Finds cases by number, name or whole ID number")
            .WithDescription("Without `q` the newest cases of the scope.");
        var one = CaseInScope.Routes(api).WithTags("Cases");
        one.MapGet("", GetAsync).WithName("GetCase").WithSummary("A case with household, procedures and open tasks")
            .WithDescription("Identity numbers, income and health are masked or left out as the caller's post demands.");
        one.MapGet("/timeline", TimelineAsync).WithName("GetCaseTimeline").WithSummary("What happened, newest first; for staff");
    }

    private static async Task<Ok<ApiPage<CaseLine>>> SearchAsync(
        string? q, int? limit, CaseSearch search, IUnitOfWork work, IAccessLog log, CurrentActor current, CancellationToken cancellationToken)
    {
        IReadOnlyList<Case> found;
        if (string.IsNullOrWhiteSpace(q))
        {
            found = await work.Set<Case>().AsNoTracking().OrderByDescending(c => c.SubmittedAt).Take(ApiAnswers.Size(limit)).ToListAsync(cancellationToken);
        }
        else
        {
            await log.RecordAsync(current.Required, "search", "cases", null, cancellationToken);
            found = await search.FindAsync(q, ApiAnswers.Size(limit), cancellationToken);
        }

        return TypedResults.Ok(new ApiPage<CaseLine>([.. found.Select(CaseLine.Of)], null));
    }

    private static async Task<Results<Ok<CaseDetail>, NotFound>> GetAsync(
        Guid id, CaseHeadReader heads, HouseholdReader households, IUnitOfWork work, IBusinessClock clock, IAccessLog log, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = current.Required;
        var file = await FindAsync(work, id, cancellationToken);
        await log.RecordAsync(actor, "case.read", $"case:{file.Id}", null, cancellationToken);
        var head = await heads.ReadAsync(file, cancellationToken);
        var mask = actor.Scope.Mask;
        var household = await households.ReadAsync(file, mask, clock.Today, cancellationToken);
        return TypedResults.Ok(new CaseDetail(
            CaseLine.Of(file),
            new NamedStage(file.Stage, head.StageName("zh-CN"), head.StageName("en")),
            head.Organisation,
            head.Community,
            file.AcceptedOn,
            file.DueOn,
            mask.HasFlag(FieldMask.Economy) ? null : file.MonthlyAmount?.Fen,
            file.ReviewClass,
            file.FactsRevision,
            [.. household.Members.Select(m => new MemberLine(m.Name, m.Relation.ToString(), m.Age, m.IdNumber, m.Phone))],
            await ProceduresAsync(work, file, cancellationToken),
            [.. head.OpenTasks.Where(t => t.ForCitizen || actor.Kind != ActorKind.Citizen).Select(t => new OpenTaskLine(t.Id.Value, t.Step, t.Name, t.ForCitizen, t.DueOn))]));
    }

    private static async Task<Results<Ok<IReadOnlyList<TimelineLine>>, NotFound, ForbidHttpResult>> TimelineAsync(
        Guid id, CaseTimeline timeline, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = current.Required;
        if (actor.Kind == ActorKind.Citizen)
        {
            return TypedResults.Forbid();
        }

        // The details of an act may name income; posts without income data get the act alone.
        var details = !actor.Scope.Mask.HasFlag(FieldMask.Economy);
        var entries = await timeline.ReadAsync(new Id<Case>(id), cancellationToken);
        return TypedResults.Ok<IReadOnlyList<TimelineLine>>(
        [
            .. entries.Select(e => new TimelineLine(
                e.At, e.Kind.ToString(), e.Code, e.Title, e.Actor, details || e.Kind != TimelineKind.Act ? e.Detail : null, e.Reference)),
        ]);
    }

    private static async Task<IReadOnlyList<ProcedureLine>> ProceduresAsync(IUnitOfWork work, Case file, CancellationToken cancellationToken)
    {
        var procedures = await work.Set<Procedure>().AsNoTracking().Where(p => p.CaseId == file.Id).ToListAsync(cancellationToken);
        var versions = procedures.ConvertAll(p => p.CaseTypeVersionId);
        var definitions = procedures.ConvertAll(p => p.DefinitionVersionId);
        var caseTypes = await work.Set<CaseTypeVersion>().Where(v => versions.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Number, cancellationToken);
        var workflows = await work.Set<WorkflowDefinitionVersion>().Where(d => definitions.Contains(d.Id))
            .Select(d => new { d.Id, d.DefinitionId, d.Version }).ToDictionaryAsync(d => d.Id, cancellationToken);
        return
        [
            .. procedures.OrderBy(p => p.StartedAt).Select(p => new ProcedureLine(
                p.Id.Value,
                p.Kind,
                p.State.ToString(),
                p.Result,
                p.StartedAt,
                p.EndedAt,
                caseTypes.GetValueOrDefault(p.CaseTypeVersionId),
                workflows.GetValueOrDefault(p.DefinitionVersionId)?.DefinitionId ?? p.DefinitionVersionId,
                workflows.GetValueOrDefault(p.DefinitionVersionId)?.Version ?? 0)),
        ];
    }

    private static Task<Case> FindAsync(IUnitOfWork work, Guid id, CancellationToken cancellationToken)
    {
        var key = new Id<Case>(id);
        return work.Set<Case>().AsNoTracking().FirstAsync(c => c.Id == key, cancellationToken);
    }
}

/// <summary>A case in a list.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Number">Case number.</param>
/// <param name="CaseType">Code of the case type.</param>
/// <param name="ApplicantName">The applicant.</param>
/// <param name="Stage">Identifier of the stage.</param>
/// <param name="Status">Draft, Open, InForce, ClosedWithoutGrant or Ended.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
internal sealed record CaseLine(Guid Id, string Number, string CaseType, string ApplicantName, string Stage, string Status, DateTimeOffset SubmittedAt)
{
    /// <summary>The line of a case.</summary>
    public static CaseLine Of(Case file) =>
        new(file.Id.Value, file.Number, file.CaseType, file.ApplicantName, file.Stage, file.Status.ToString(), file.SubmittedAt);
}

/// <summary>A stage with its names.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
internal sealed record NamedStage(string Id, string Zh, string En);

/// <summary>A case.</summary>
/// <param name="Case">What lists show.</param>
/// <param name="Stage">The stage with its names.</param>
/// <param name="Organisation">Township or street in charge.</param>
/// <param name="Community">Community or village.</param>
/// <param name="AcceptedOn">Day of acceptance.</param>
/// <param name="DueOn">Last day of the total period.</param>
/// <param name="MonthlyAmountFen">Amount a month in whole fen; absent before a grant, and for posts without income data.</param>
/// <param name="ReviewClass">A, B or C.</param>
/// <param name="FactsRevision">Send it back with an act, so that a change in between is told as a conflict.</param>
/// <param name="Members">The household, masked as the post demands.</param>
/// <param name="Procedures">Procedures with the versions that they are pinned to.</param>
/// <param name="OpenTasks">What waits for somebody.</param>
internal sealed record CaseDetail(
    CaseLine Case,
    NamedStage Stage,
    string Organisation,
    string? Community,
    DateOnly? AcceptedOn,
    DateOnly? DueOn,
    long? MonthlyAmountFen,
    string? ReviewClass,
    int FactsRevision,
    IReadOnlyList<MemberLine> Members,
    IReadOnlyList<ProcedureLine> Procedures,
    IReadOnlyList<OpenTaskLine> OpenTasks);

/// <summary>A member of the household.</summary>
internal sealed record MemberLine(string Name, string Relation, int Age, string IdNumber, string? Phone);

/// <summary>A procedure.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">spine, application, review ...</param>
/// <param name="State">Open, Finished or Cancelled.</param>
/// <param name="Result">Result identifier once finished.</param>
/// <param name="StartedAt">Start.</param>
/// <param name="EndedAt">End.</param>
/// <param name="CaseTypeVersion">Number of the case type version that it is pinned to.</param>
/// <param name="Workflow">The workflow definition.</param>
/// <param name="WorkflowVersion">Its version.</param>
internal sealed record ProcedureLine(
    Guid Id, string Kind, string State, string? Result, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int CaseTypeVersion, string Workflow, int WorkflowVersion);

/// <summary>An open task of a case.</summary>
internal sealed record OpenTaskLine(Guid Id, string Step, string Name, bool ForCitizen, DateOnly? DueOn);

/// <summary>One line of the history.</summary>
internal sealed record TimelineLine(DateTimeOffset At, string Kind, string Code, string Title, string Actor, string? Detail, string? Reference);
