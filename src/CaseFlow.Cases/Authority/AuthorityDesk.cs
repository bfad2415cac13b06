using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Authority;

/// <summary>
/// Gathers the facts that the delegation table and the five checks look at. The workflow asks it for the route, the page for
/// an explanation, and the deciding transaction for the guard: one reading for all three.
/// </summary>
public sealed class AuthorityDesk(IUnitOfWork work, IBusinessClock clock, PolicyDesk policy, BureauDirectory bureau)
{
    /// <summary>The rule that decides a case today.</summary>
    /// <param name="caseFile">The case.</param>
    /// <param name="decision"><c>grant</c>, <c>refusal</c>, <c>change</c> or <c>stop</c>.</param>
    /// <param name="amount">The amount to be decided.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RefusedException">No rule is in force: nobody may decide.</exception>
    public async Task<(AuthorityFacts Facts, AuthorityDecision Decision)> DecideAsync(
        Case caseFile, string decision, Money amount, CancellationToken cancellationToken)
    {
        var facts = new AuthorityFacts
        {
            CaseType = caseFile.CaseType,
            DecisionDay = clock.Today,
            Decision = decision,
            OfficerRelative = caseFile.OfficerRelative,
            OpenComplaint = caseFile.HasComplaint,
            Amount = amount,
        };
        return (facts, (await policy.SnapshotAsync(cancellationToken)).Authority.Decide(facts));
    }

    /// <summary>Keeps an evaluation for the auditor: rule, version, facts, route.</summary>
    public void Record(Case caseFile, Id<WorkTask>? task, string purpose, AuthorityFacts facts, AuthorityDecision decision) =>
        work.Set<AuthorityEvaluation>().Add(new AuthorityEvaluation
        {
            CaseId = caseFile.Id,
            TaskId = task,
            RuleCode = decision.Code,
            RuleVersion = decision.Version,
            FactsJson = facts.ToJson().ToJsonString(CaseJson.Options),
            RouteJson = decision.Route.ToJson(),
            Purpose = purpose,
            At = clock.Now,
        });

    /// <summary>What the five checks look at for one task and one person.</summary>
    public async Task<GuardInput> GuardInputAsync(
        Actor actor, Case caseFile, WorkTask task, Id<Account>? second, AuthorityFacts facts, AuthorityDecision decision, CancellationToken cancellationToken)
    {
        return new GuardInput
        {
            Actor = actor,
            Role = RoleOf(task.AuthorityRole),
            Step = task.Step,
            CandidatePosts = TaskPosts.Parse(task.CandidatePosts),
            StepOrganisation = await bureau.UnitAsync(task.OrganisationId, cancellationToken),
            CaseOrganisation = await bureau.UnitAsync(caseFile.OrganisationId, cancellationToken),
            Facts = facts,
            Decision = DemandsRoute(task.AuthorityRole) ? decision : decision with { Route = decision.Route with { Verify = [], Review = [] } },
            PriorActs = await PriorActsAsync(task, cancellationToken),
            Conflicts = await ConflictsAsync(actor, caseFile, cancellationToken),
            SecondPerson = second,
        };
    }

    /// <summary>
    /// The role of a step: <c>verify</c>, <c>review</c> and <c>approve</c> need a post of the route; <c>check</c> is a review
    /// inside one body, before its leader signs, and any other step is work of the verifying side.
    /// </summary>
    public static AuthorityRole RoleOf(string? role) => role switch
    {
        "approve" => AuthorityRole.Approve,
        "review" or "check" => AuthorityRole.Review,
        _ => AuthorityRole.Verify,
    };

    private static bool DemandsRoute(string? role) => role is "verify" or "review" or "approve";

    internal async Task<IReadOnlyList<PriorAct>> PriorActsAsync(WorkTask task, CancellationToken cancellationToken)
    {
        var done = await work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.ProcedureId == task.ProcedureId && t.State == WorkTaskState.Completed && t.CompletedBy != null && !t.ForCitizen)
            .ToListAsync(cancellationToken);
        return
        [
            .. done.SelectMany(t => new[] { t.CompletedBy, t.SecondPersonId }
                .OfType<Id<Account>>()
                .Select(account => new PriorAct(account, t.CompletedAs ?? "", RoleOf(t.AuthorityRole), t.Step, t.Name))),
        ];
    }

    internal async Task<ConflictFacts> ConflictsAsync(Actor actor, Case caseFile, CancellationToken cancellationToken)
    {
        var members = await work.Set<HouseholdMember>().AsNoTracking()
            .Where(m => m.HouseholdId == caseFile.HouseholdId && m.SupersededAt == null)
            .Select(m => m.PersonId)
            .ToListAsync(cancellationToken);
        var person = actor.PersonId;
        var relations = person is null
            ? []
            : await work.Set<PersonRelation>().AsNoTracking()
                .Where(r => r.PersonId == person || r.RelativeId == person)
                .ToListAsync(cancellationToken);
        var recusals = await work.Set<Recusal>().AsNoTracking().Where(r => r.CaseId == caseFile.Id).ToListAsync(cancellationToken);
        return new ConflictFacts(person, [caseFile.ApplicantId, .. members], relations, recusals);
    }
}
