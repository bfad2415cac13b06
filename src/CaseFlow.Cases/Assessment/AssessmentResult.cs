using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Assessment;

/// <summary>An assessment with every line of its arithmetic.</summary>
public sealed record AssessmentResult
{
    /// <summary>Whether the household is entitled.</summary>
    public required bool Eligible { get; init; }

    /// <summary>Why not: <c>income</c>, <c>property</c>, <c>members</c>, <c>single-person</c>; null if entitled.</summary>
    public string? RefusalGround { get; init; }

    /// <summary>Not entitled by income, but below the borderline factor and within the property limits: the borderline status is offered.</summary>
    public bool BorderlineOffered { get; init; }

    /// <summary>Monthly amount in whole yuan; zero if not entitled.</summary>
    public required Money Amount { get; init; }

    /// <summary>Members that count.</summary>
    public required int Members { get; init; }

    /// <summary>Monthly income of the household that was counted, unrounded.</summary>
    public required Exact MonthlyIncome { get; init; }

    /// <summary>Monthly income per head, unrounded; zero without members.</summary>
    public required Exact PerCapitaIncome { get; init; }

    /// <summary>The standard on the day of decision.</summary>
    public required Money Standard { get; init; }

    /// <summary>The standard of the benefit month, which the amount uses.</summary>
    public required Money BenefitStandard { get; init; }

    /// <summary>Sum of the supplements.</summary>
    public required Money Supplements { get; init; }

    /// <summary>The arithmetic.</summary>
    public required IReadOnlyList<AssessmentLine> Lines { get; init; }

    /// <summary>Income times twelve in whole fen, rounded up where a rate left parts of a fen; for the record only.</summary>
    public long YearlyIncomeFen
    {
        get
        {
            var yearly = MonthlyIncome * 12;
            var rounded = yearly.RoundToFen();
            return rounded < yearly ? rounded.Fen + 1 : rounded.Fen;
        }
    }

    /// <summary>The lines as they are stored in <see cref="AssessmentRecord.LinesJson"/>.</summary>
    public string LinesJson() => new JsonArray([.. Lines.Select(line => line.ToJson())])
        .ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The lines as they were stored.</summary>
    public static IReadOnlyList<AssessmentLine> ReadLines(string linesJson) =>
        [.. (JsonNode.Parse(linesJson) as JsonArray ?? []).Select(node => AssessmentLine.FromJson(node!.AsObject()))];
}

/// <summary>One line of the arithmetic: number, item, reason, amount.</summary>
/// <param name="Number">1, 2, 3 ...</param>
/// <param name="Code">What the line is, for programs: <c>member</c>, <c>income</c>, <c>deduction</c>, <c>exempt</c>, <c>support</c>, <c>total-income</c>, <c>per-capita</c>, <c>property</c>, <c>standard</c>, <c>base</c>, <c>supplement</c>, <c>amount</c>.</param>
/// <param name="Item">What it is, in Chinese.</param>
/// <param name="Reason">Why, with the arithmetic.</param>
/// <param name="Amount">Monthly amount; null where the line has none. Rounded to fen for display where it is not exact.</param>
/// <param name="IsExact">False where parts of a fen are not shown; nothing was rounded in the arithmetic.</param>
public sealed record AssessmentLine(int Number, string Code, string Item, string Reason, Money? Amount, bool IsExact)
{
    internal JsonObject ToJson() => new()
    {
        ["number"] = Number,
        ["code"] = Code,
        ["item"] = Item,
        ["reason"] = Reason,
        ["amountFen"] = Amount?.Fen,
        ["exact"] = IsExact,
    };

    internal static AssessmentLine FromJson(JsonObject line) => new(
        line["number"]!.GetValue<int>(),
        line["code"]!.GetValue<string>(),
        line["item"]!.GetValue<string>(),
        line["reason"]!.GetValue<string>(),
        line["amountFen"] is { } fen ? new Money(fen.GetValue<long>()) : null,
        line["exact"]!.GetValue<bool>());
}

/// <summary>Collects lines and numbers them.</summary>
internal sealed class AssessmentLines
{
    private readonly List<AssessmentLine> _lines = [];

    public IReadOnlyList<AssessmentLine> All => _lines;

    public void Add(string code, string item, string reason, Exact? amount = null) =>
        _lines.Add(new AssessmentLine(_lines.Count + 1, code, item, reason, amount?.RoundToFen(), amount?.IsWholeFen ?? true));
}
