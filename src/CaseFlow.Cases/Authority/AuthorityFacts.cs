using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Authority;

/// <summary>The two kinds of temporary relief.</summary>
public enum ReliefKind
{
    /// <summary>急难型.</summary>
    Emergency,

    /// <summary>支出型.</summary>
    Expenditure,
}

/// <summary>What the delegation table asks about a case at the moment of the decision.</summary>
public sealed record AuthorityFacts
{
    /// <summary>Case type: <c>dibao</c>, <c>relief</c> ...</summary>
    public required string CaseType { get; init; }

    /// <summary>Day of the decision; authority is by the rule and the standard of this day.</summary>
    public required DateOnly DecisionDay { get; init; }

    /// <summary>What is decided: <c>grant</c>, <c>refusal</c>, <c>change</c>, <c>stop</c>.</summary>
    public string Decision { get; init; } = "grant";

    /// <summary>Close relative of a handler or committee member: registered, never refused (Dibao-57 Art. 11).</summary>
    public bool OfficerRelative { get; init; }

    /// <summary>An open complaint.</summary>
    public bool OpenComplaint { get; init; }

    /// <summary>The decided amount: monthly for dibao; the sum of advance and rest for relief.</summary>
    public Money Amount { get; init; }

    /// <summary>Kind of relief; null for other case types.</summary>
    public ReliefKind? ReliefKind { get; init; }

    /// <summary>Persons named as helped; 1 or more.</summary>
    public int PersonsHelped { get; init; } = 1;

    /// <summary>What the persons helped have had before; empty for other case types.</summary>
    public IReadOnlyList<ReliefSums> Relief { get; init; } = [];

    /// <summary>Whether the household is registered in the district.</summary>
    public bool LocalHukou { get; init; } = true;

    /// <summary>Balance of the township's reserve; null where it has none, which covers nothing.</summary>
    public Money? ReserveBalance { get; init; }

    /// <summary>Amount per person helped, unrounded.</summary>
    public Exact AmountPerPerson => Exact.Of(Amount) / Math.Max(PersonsHelped, 1);

    /// <summary>The facts by name, as conditions ask for them and as they are kept with the evaluation.</summary>
    public IReadOnlyDictionary<string, FactValue> Values() => new SortedDictionary<string, FactValue>(StringComparer.Ordinal)
    {
        ["decision"] = Decision,
        ["officerRelative"] = OfficerRelative,
        ["openComplaint"] = OpenComplaint,
        ["amount"] = Exact.Of(Amount),
        ["amountPerPerson"] = AmountPerPerson,
        ["personsHelped"] = Exact.Of(new Money(PersonsHelped)),
        ["kind"] = ReliefKind?.ToString() ?? "",
        ["localHukou"] = LocalHukou,
        ["windowPerPerson"] = Highest(sums => sums.InWindow) + AmountPerPerson,
        ["yearPerPerson"] = Highest(sums => sums.InYear) + AmountPerPerson,
        ["grantsInYear"] = Exact.Of(new Money(Relief.Select(sums => sums.GrantsInYear).DefaultIfEmpty(0).Max() + 1)),
        ["reserveCovers"] = ReserveBalance is { } balance && balance >= Amount,
    };

    /// <summary>The facts as JSON for <see cref="AuthorityEvaluation.FactsJson"/>.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["caseType"] = CaseType, ["decisionDay"] = DecisionDay.ToString("yyyy-MM-dd") };
        foreach (var (name, value) in Values())
        {
            json[name] = value.ToJson();
        }

        return json;
    }

    private Exact Highest(Func<ReliefSums, Exact> sum) =>
        Relief.Select(sum).Aggregate(Exact.Zero, Exact.Max);
}

/// <summary>The value of a fact: text, yes or no, or a number (amounts in fen, unrounded).</summary>
public readonly record struct FactValue
{
    private FactValue(string? text, bool? flag, Exact? number)
    {
        Text = text;
        Flag = flag;
        Number = number;
    }

    /// <summary>The text, if it is one.</summary>
    public string? Text { get; }

    /// <summary>Yes or no, if it is one.</summary>
    public bool? Flag { get; }

    /// <summary>The number, if it is one.</summary>
    public Exact? Number { get; }

    /// <summary>A text.</summary>
    public static implicit operator FactValue(string text) => new(text, null, null);

    /// <summary>Yes or no.</summary>
    public static implicit operator FactValue(bool flag) => new(null, flag, null);

    /// <summary>A number.</summary>
    public static implicit operator FactValue(Exact number) => new(null, null, number);

    /// <summary>The value as JSON; numbers in fen, as text where they have parts of a fen.</summary>
    public JsonNode? ToJson() => this switch
    {
        { Text: { } text } => JsonValue.Create(text),
        { Flag: { } flag } => JsonValue.Create(flag),
        { Number: { IsWholeFen: true } number } => JsonValue.Create(number.RoundToFen().Fen),
        { Number: { } number } => JsonValue.Create(number.ToString()),
        _ => null,
    };
}
