using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Authority;

/// <summary>
/// Finds gaps and overlaps before a table is saved. Every condition compares one fact with a value, so a table can only
/// change its answer at those values: it is enough to try each fact at each value, one fen below and one fen above, on each
/// day on which a rule or a figure begins or has ended. What comes out is complete, not a sample.
/// </summary>
public static class AuthorityTableCheck
{
    /// <summary>Checks a table.</summary>
    /// <param name="rules">The rows as they would be after saving; inactive ones are ignored.</param>
    /// <param name="policy">Figures.</param>
    /// <returns>Faults in words; empty if the table is sound.</returns>
    /// <exception cref="InvalidInputException">A row cannot be read.</exception>
    public static IReadOnlyList<string> Faults(IEnumerable<AuthorityRule> rules, PolicyBook policy)
    {
        var compiled = rules.Where(rule => rule.Active).Select(rule => new CompiledRule(rule)).Where(rule => !rule.Route.DutyOnly).ToList();
        var faults = new List<string>();
        foreach (var caseType in compiled.SelectMany(rule => rule.CaseTypes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Check(caseType, [.. compiled.Where(rule => rule.CaseTypes.Contains(caseType, StringComparer.Ordinal))], policy, faults);
        }

        return faults;
    }

    private static void Check(string caseType, List<CompiledRule> rules, PolicyBook policy, List<string> faults)
    {
        var begin = rules.Min(rule => rule.Row.ValidFrom);
        var days = rules
            .SelectMany(rule => rule.Row.ValidTo is { } to ? new[] { rule.Row.ValidFrom, to.AddDays(1) } : [rule.Row.ValidFrom])
            .Concat(policy.Boundaries())
            .Where(day => day >= begin)
            .Distinct()
            .Order();
        var told = new HashSet<string>(StringComparer.Ordinal);
        string? before = null;
        foreach (var day in days)
        {
            var now = Answers(rules, policy, day);
            if (now == before)
            {
                continue;
            }

            before = now;
            foreach (var facts in Samples(rules, policy, day))
            {
                var matching = rules.Where(rule => rule.InForce(day) && rule.Condition.Holds(facts, policy, day)).ToList();
                foreach (var fault in FaultsOf(caseType, day, matching).Where(told.Add))
                {
                    faults.Add($"{fault}（例如 {day:yyyy-MM-dd}：{Describe(facts)}）");
                }
            }
        }
    }

    /// <summary>
    /// What the table's answers rest on that day: the rules in force and the values that they compare with. Most days on
    /// which some figure changes change nothing here, and need no second look.
    /// </summary>
    private static string Answers(List<CompiledRule> rules, PolicyBook policy, DateOnly day) => string.Join('\n', rules
        .Where(rule => rule.InForce(day))
        .Select(rule => $"{rule.Row.Id}:{string.Join('|', rule.Condition.Comparisons().Select(comparison => comparison.Value.At(policy, day).ToJson()?.ToJsonString()))}"));

    private static IEnumerable<string> FaultsOf(string caseType, DateOnly day, List<CompiledRule> matching)
    {
        if (matching.Count == 0)
        {
            yield return $"{caseType}：{day:yyyy-MM-dd}起有情形没有任何规则适用";
        }

        foreach (var group in matching.GroupBy(rule => rule.Row.Priority).Where(group => group.Count() > 1))
        {
            yield return $"{caseType}：规则{string.Join("、", group.Select(rule => rule.Row.Code).Order(StringComparer.Ordinal))}优先级相同而同时适用";
        }
    }

    private static IEnumerable<IReadOnlyDictionary<string, FactValue>> Samples(List<CompiledRule> rules, PolicyBook policy, DateOnly day)
    {
        IEnumerable<Dictionary<string, FactValue>> samples = [new Dictionary<string, FactValue>(StringComparer.Ordinal)];
        var comparisons = rules.Where(rule => rule.InForce(day)).SelectMany(rule => rule.Condition.Comparisons()).ToLookup(comparison => comparison.Fact);
        foreach (var fact in comparisons)
        {
            var values = fact.SelectMany(comparison => Around(fact.Key, comparison.Value.At(policy, day))).Distinct().ToList();
            samples = samples.SelectMany(sample => values.Select(value => new Dictionary<string, FactValue>(sample, StringComparer.Ordinal) { [fact.Key] = value }));
        }

        return samples;
    }

    private static IEnumerable<FactValue> Around(string fact, FactValue value) => value switch
    {
        { Flag: not null } => [true, false],
        { Number: { } number } => [number - new Money(1), number, number + new Money(1)],
        _ when fact == "kind" => [nameof(ReliefKind.Emergency), nameof(ReliefKind.Expenditure)],
        _ => ["grant", "refusal", "change", "stop"],
    };

    private static string Describe(IReadOnlyDictionary<string, FactValue> facts) =>
        facts.Count == 0 ? "任何情形" : string.Join("，", facts.Select(fact => $"{fact.Key}={fact.Value.ToJson()?.ToJsonString()}"));
}
