using System.Globalization;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;

namespace CaseFlow.Server.Admin.Audit;

/// <summary>What is looked for in the audit.</summary>
/// <param name="Reads">The access log (reads and reveals) instead of the acts.</param>
/// <param name="About">Case number, name or ID number of a person; null for everything.</param>
/// <param name="Who">Name or staff number of the actor; null for everybody.</param>
/// <param name="Action">The act; null for all.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Before">Where the page before ended; null for the first page.</param>
internal sealed record AuditSearch(bool Reads, string? About, string? Who, string? Action, DateOnly? From, DateOnly? To, AuditPlace? Before)
{
    /// <summary>Whether anything narrows the list.</summary>
    public bool IsNarrow => About is not null || Who is not null || Action is not null || From is not null || To is not null;

    /// <summary>Reads it from the address's query; what cannot be read is left out.</summary>
    public static AuditSearch Of(IQueryCollection query) => new(
        query["view"] == "reads",
        Text(query["q"]),
        Text(query["who"]),
        Text(query["action"]),
        Day(query["from"]),
        Day(query["to"]),
        AuditPlace.Parse(query["before"]));

    /// <summary>The query of an address that asks for the same.</summary>
    public string ToQuery(bool reads) => QueryString.Create(
        new Dictionary<string, string?>
        {
            ["view"] = reads ? "reads" : null,
            ["q"] = About,
            ["who"] = Who,
            ["action"] = Action,
            ["from"] = From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["to"] = To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }.Where(p => p.Value is not null)).ToString();

    /// <summary>What was asked, for the access log: never a name or a number, only that one was given.</summary>
    public string ToLog() => string.Join(
        ' ',
        new[]
        {
            About is null ? null : About.Length >= 15 ? "about=id-number" : "about=text",
            Who is null ? null : "who",
            Action is null ? null : $"action={Action}",
            From is { } from ? $"from={from:yyyy-MM-dd}" : null,
            To is { } to ? $"to={to:yyyy-MM-dd}" : null,
        }.OfType<string>());

    /// <summary>The moment from which entries count.</summary>
    public DateTimeOffset? Start => From is { } day ? BusinessTime.StartOf(day) : null;

    /// <summary>The moment before which entries count.</summary>
    public DateTimeOffset? End => To is { } day ? BusinessTime.StartOf(day.AddDays(1)) : null;

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static DateOnly? Day(string? value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>A place in the list of acts: time, chain, number. Pages follow one another by it, however many entries come in meanwhile.</summary>
/// <param name="At">When.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Sequence">The number in it.</param>
internal sealed record AuditPlace(DateTimeOffset At, string Chain, int Sequence)
{
    /// <summary>The place of an entry.</summary>
    public static AuditPlace Of(AuditEntry entry) => new(entry.At, entry.Chain, entry.Sequence);

    /// <summary>Reads <see cref="ToString"/>; null if it is none.</summary>
    public static AuditPlace? Parse(string? text)
    {
        var parts = text?.Split('|') ?? [];
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks < DateTimeOffset.MaxValue.Ticks
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new AuditPlace(new DateTimeOffset(ticks, TimeSpan.Zero), parts[1], sequence)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}|{Chain}|{Sequence}");
}
