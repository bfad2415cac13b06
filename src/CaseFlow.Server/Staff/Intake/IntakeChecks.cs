using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>One thing that was looked up when the card was read.</summary>
/// <param name="Key">What: jurisdiction, duplicate, history, relatives.</param>
/// <param name="Good">True, false for what must be looked at, null for information.</param>
/// <param name="Text">What was found.</param>
/// <param name="Href">Where to look; null for nowhere.</param>
public sealed record IntakeCheck(string Key, bool? Good, string Text, string? Href = null);

/// <summary>Looks up what the bureau already knows of a person who stands at the counter.</summary>
internal sealed class IntakeChecks(IUnitOfWork work, IBlindIndex index, IBusinessClock clock, IStringLocalizer texts)
{
    /// <summary>The findings in their fixed order.</summary>
    public async Task<IReadOnlyList<IntakeCheck>> ReadAsync(Actor actor, IntakeDraft draft, CancellationToken cancellationToken)
    {
        var idNumber = Components.Forms.FormReader.Shown(draft.Applicant["idNumber"]);
        var key = index.OfIdNumber(idNumber);
        var person = await work.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.IdNumberIndex == key, cancellationToken);
        var checks = new List<IntakeCheck> { await JurisdictionAsync(actor, draft, person, cancellationToken) };
        if (person is null)
        {
            checks.Add(new IntakeCheck("known", null, texts["Intake.Check.NewPerson"]));
            checks.Add(new IntakeCheck("duplicate", true, texts["Intake.Check.NoDuplicate"]));
            return checks;
        }

        var cases = await CasesAsync(person, cancellationToken);
        checks.Add(Duplicate(cases, draft.CaseType));
        checks.Add(History(cases));
        checks.Add(await RelativesAsync(person, cancellationToken));
        return checks;
    }

    private async Task<IntakeCheck> JurisdictionAsync(Actor actor, IntakeDraft draft, Person? person, CancellationToken cancellationToken)
    {
        var code = Components.Forms.FormReader.Shown(draft.Applicant["hukouCommunity"]);
        var community = await work.Set<OrganisationUnit>().AsNoTracking()
            .FirstOrDefaultAsync(o => code.Length > 0 ? o.Code == code : person != null && o.Id == person.HukouOrganisationId, cancellationToken);
        if (community is null)
        {
            return new IntakeCheck("jurisdiction", null, texts["Intake.Check.NoHukou"]);
        }

        var here = actor.Posts.Any(p => p.OrganisationId == community.ParentId || p.Level == OrganisationLevel.District);
        return new IntakeCheck("jurisdiction", here, texts[here ? "Intake.Check.Here" : "Intake.Check.Elsewhere", community.Name]);
    }

    private async Task<List<Case>> CasesAsync(Person person, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var households = await work.Set<HouseholdMember>()
            .Where(m => m.PersonId == person.Id && m.SupersededAt == null && (m.ValidTo == null || m.ValidTo >= today))
            .Select(m => (Id<Household>?)m.HouseholdId).ToListAsync(cancellationToken);
        return await work.Set<Case>().AsNoTracking()
            .Where(c => c.ApplicantId == person.Id || households.Contains(c.HouseholdId))
            .OrderByDescending(c => c.SubmittedAt).Take(10).ToListAsync(cancellationToken);
    }

    private IntakeCheck Duplicate(List<Case> cases, string caseType)
    {
        var open = cases.Find(c => c.CaseType == caseType && c.Status is CaseStatus.Open or CaseStatus.InForce);
        return open is null
            ? new IntakeCheck("duplicate", true, texts["Intake.Check.NoDuplicate"])
            : new IntakeCheck("duplicate", false, texts["Intake.Check.Duplicate", open.Number], $"/staff/cases/{open.Number}");
    }

    private IntakeCheck History(List<Case> cases)
    {
        var past = cases.FindAll(c => c.Status is CaseStatus.ClosedWithoutGrant or CaseStatus.Ended);
        return past.Count == 0
            ? new IntakeCheck("history", null, texts["Intake.Check.NoHistory"])
            : new IntakeCheck("history", null, texts["Intake.Check.History", past.Count, past[0].Number], $"/staff/cases/{past[0].Number}");
    }

    private async Task<IntakeCheck> RelativesAsync(Person person, CancellationToken cancellationToken)
    {
        var staff = work.Set<Account>().Where(a => a.Kind == AccountKind.Staff && !a.Disabled && a.PersonId != null);
        var relation = await work.Set<PersonRelation>().AsNoTracking()
            .Where(r => r.IsClose && (r.PersonId == person.Id || r.RelativeId == person.Id))
            .Where(r => staff.Any(a => a.PersonId == r.PersonId || a.PersonId == r.RelativeId))
            .Select(r => r.Relation).FirstOrDefaultAsync(cancellationToken);
        return relation is null
            ? new IntakeCheck("relatives", true, texts["Intake.Check.NoRelative"])
            : new IntakeCheck("relatives", false, texts["Intake.Check.Relative", relation]);
    }
}
