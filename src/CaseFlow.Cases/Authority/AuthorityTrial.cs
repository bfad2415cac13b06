using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Authority;

/// <summary>The table tried on facts, touching no case: who would decide, and why each row applies or not.</summary>
/// <param name="Decision">The row that decides, with all duties; null where none does.</param>
/// <param name="Refusal">Why nobody could decide; null where somebody could.</param>
/// <param name="Rows">The rows for the case type on that day, in the order in which they are asked.</param>
public sealed record AuthorityTrial(AuthorityDecision? Decision, Refusal? Refusal, IReadOnlyList<AuthorityTrialRow> Rows)
{
    /// <summary>Tries the table.</summary>
    /// <param name="rules">The rows, as they are or as they would be.</param>
    /// <param name="policy">Figures that conditions name.</param>
    /// <param name="facts">The facts.</param>
    /// <exception cref="InvalidInputException">A row cannot be read.</exception>
    public static AuthorityTrial Run(IReadOnlyCollection<AuthorityRule> rules, PolicyBook policy, AuthorityFacts facts)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(facts);
        var values = facts.Values();
        List<AuthorityTrialRow> rows =
        [
            .. rules.Where(rule => rule.Active).Select(rule => new CompiledRule(rule))
                .Where(rule => rule.InForce(facts.DecisionDay) && rule.CaseTypes.Contains(facts.CaseType, StringComparer.Ordinal))
                .OrderBy(rule => rule.Row.Priority).ThenBy(rule => rule.Row.Code, StringComparer.Ordinal)
                .Select(rule => new AuthorityTrialRow(
                    rule.Row,
                    rule.Route.DutyOnly,
                    rule.Condition.Holds(values, policy, facts.DecisionDay),
                    [.. rule.Condition.Parts().Select(part => part.Holds(values, policy, facts.DecisionDay))])),
        ];
        try
        {
            return new AuthorityTrial(new AuthorityTable(rules, policy).Decide(facts), null, rows);
        }
        catch (RefusedException nobody)
        {
            return new AuthorityTrial(null, nobody.Refusal, rows);
        }
    }
}

/// <summary>A row of the table in a trial.</summary>
/// <param name="Rule">The row.</param>
/// <param name="DutyOnly">It adds duties and decides nothing.</param>
/// <param name="Holds">All its conditions hold.</param>
/// <param name="Conditions">Whether each of its conditions holds, in the order in which they are written.</param>
public sealed record AuthorityTrialRow(AuthorityRule Rule, bool DutyOnly, bool Holds, IReadOnlyList<bool> Conditions);
