using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Authority;

/// <summary>The rule that decides a case and the route with all duties.</summary>
/// <param name="RuleId">The row.</param>
/// <param name="Code">Code: <c>D1</c>.</param>
/// <param name="Version">Version of the row.</param>
/// <param name="Description">What it says.</param>
/// <param name="Source">The regulation or decision.</param>
/// <param name="Route">The route, duties included.</param>
/// <param name="Duties">Codes of the duty rows that matched.</param>
public sealed record AuthorityDecision(
    Id<AuthorityRule> RuleId,
    string Code,
    int Version,
    string Description,
    string Source,
    AuthorityRoute Route,
    IReadOnlyList<string> Duties);

/// <summary>
/// The delegation table (domain H): by priority, the first row that matches the facts decides; every duty row that matches
/// adds to it. Only rows that are published, active and in force on the day of decision are seen.
/// </summary>
public sealed class AuthorityTable
{
    private readonly PolicyBook _policy;
    private readonly List<CompiledRule> _rules;

    /// <summary>Reads the rows.</summary>
    /// <param name="rules">All rows.</param>
    /// <param name="policy">Figures that conditions name.</param>
    /// <exception cref="InvalidInputException">A row cannot be read.</exception>
    public AuthorityTable(IEnumerable<AuthorityRule> rules, PolicyBook policy)
    {
        _policy = policy;
        _rules =
        [
            .. rules
                .Where(rule => rule.Active && rule.State == PublicationState.Published)
                .OrderBy(rule => rule.Priority).ThenBy(rule => rule.Code, StringComparer.Ordinal)
                .Select(rule => new CompiledRule(rule)),
        ];
    }

    /// <summary>Finds the rule for the facts.</summary>
    /// <exception cref="RefusedException">No rule matches (<c>no-authority-rule</c>).</exception>
    public AuthorityDecision Decide(AuthorityFacts facts)
    {
        var values = facts.Values();
        var matching = _rules.Where(rule => rule.Matches(facts.CaseType, values, _policy, facts.DecisionDay)).ToList();
        var first = matching.Find(rule => !rule.Route.DutyOnly)
            ?? throw new RefusedException("no-authority-rule", $"{facts.DecisionDay:yyyy-MM-dd}没有适用于本案的权限规则，任何人都不能审批，请管理员补充规则。");
        var duties = matching.Where(rule => rule.Route.DutyOnly).ToList();
        return new AuthorityDecision(
            first.Row.Id,
            first.Row.Code,
            first.Row.Version,
            first.Row.Description,
            first.Row.Source,
            duties.Aggregate(first.Route, (route, duty) => route.With(duty.Route)),
            [.. duties.Select(duty => duty.Row.Code)]);
    }
}

/// <summary>A row whose condition and route have been read.</summary>
internal sealed class CompiledRule(AuthorityRule row)
{
    public AuthorityRule Row { get; } = row;

    public AuthorityCondition Condition { get; } = AuthorityCondition.Parse(row.ConditionsJson);

    public AuthorityRoute Route { get; } = AuthorityRoute.Parse(row.RouteJson);

    public IReadOnlyList<string> CaseTypes { get; } =
        row.CaseTypes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool InForce(DateOnly day) => Row.ValidFrom <= day && !(Row.ValidTo < day);

    public bool Matches(string caseType, IReadOnlyDictionary<string, FactValue> facts, PolicyBook policy, DateOnly day) =>
        InForce(day) && CaseTypes.Contains(caseType, StringComparer.Ordinal) && Condition.Holds(facts, policy, day);
}
