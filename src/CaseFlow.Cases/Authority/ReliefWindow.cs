using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Authority;

/// <summary>A grant of temporary relief as the cumulation sees it: one line per person helped.</summary>
/// <param name="PersonId">The person helped.</param>
/// <param name="CaseId">The case; an advance and the rest of one need are one grant.</param>
/// <param name="DecidedOn">Day of the decision.</param>
/// <param name="Share">The person's share of the amount.</param>
/// <param name="Reversed">Taken back: drops out.</param>
public sealed record ReliefGrant(Id<Person> PersonId, Id<Case> CaseId, DateOnly DecidedOn, Exact Share, bool Reversed = false);

/// <summary>What a person has had, this grant not included.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="InWindow">Sum since the same date a number of months earlier, inclusive.</param>
/// <param name="InYear">Sum of the calendar year.</param>
/// <param name="GrantsInYear">Grants of the calendar year.</param>
public sealed record ReliefSums(Id<Person> PersonId, Exact InWindow, Exact InYear, int GrantsInYear);

/// <summary>
/// Cumulation of temporary relief per person: grants decided by all townships, both kinds (domain D; the comparison with the
/// cap is a local choice, so that splitting one need into several grants does not help).
/// </summary>
public static class ReliefWindow
{
    /// <summary>Sums for the persons helped.</summary>
    /// <param name="grants">All grants that might fall in the window or the year.</param>
    /// <param name="persons">The persons helped now.</param>
    /// <param name="decisionDay">Day of the decision.</param>
    /// <param name="windowMonths">Length of the window in months.</param>
    /// <param name="currentCase">The case being decided: its own earlier parts are summed by the caller with the amount.</param>
    public static IReadOnlyList<ReliefSums> For(
        IEnumerable<ReliefGrant> grants,
        IEnumerable<Id<Person>> persons,
        DateOnly decisionDay,
        int windowMonths,
        Id<Case>? currentCase)
    {
        var from = decisionDay.AddMonths(-windowMonths);
        var counted = grants
            .Where(grant => !grant.Reversed && grant.CaseId != currentCase && grant.DecidedOn <= decisionDay)
            .ToLookup(grant => grant.PersonId);
        return
        [
            .. persons.Distinct().Select(person => new ReliefSums(
                person,
                Sum(counted[person].Where(grant => grant.DecidedOn >= from)),
                Sum(counted[person].Where(grant => grant.DecidedOn.Year == decisionDay.Year)),
                counted[person].Where(grant => grant.DecidedOn.Year == decisionDay.Year).Select(grant => grant.CaseId).Distinct().Count())),
        ];
    }

    private static Exact Sum(IEnumerable<ReliefGrant> grants) => grants.Aggregate(Exact.Zero, (sum, grant) => sum + grant.Share);
}
