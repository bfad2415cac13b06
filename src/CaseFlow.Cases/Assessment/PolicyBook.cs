using System.Collections.Concurrent;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Assessment;

/// <summary>
/// The figures and wordings in force, by key, day and area. A later row wins over an earlier one whose period is still open;
/// a row of the very area wins over one for both. Rows that were never published are not seen.
/// </summary>
public sealed class PolicyBook
{
    private readonly ILookup<string, PolicyFigure> _figures;
    private readonly ILookup<string, PolicyText> _texts;

    /// <summary>The days on which any figure begins or has ended, in order.</summary>
    private readonly DateOnly[] _boundaries;

    /// <summary>
    /// What was looked up: the check of an authority table asks for the same few figures tens of thousands of times. The period
    /// between two boundaries stands for the day, so that a book that is kept for months does not grow with the days asked for.
    /// </summary>
    private readonly ConcurrentDictionary<(string Key, int Period, AreaType? Area), PolicyFigure?> _found = new();

    /// <summary>Takes the rows.</summary>
    /// <param name="figures">All rows of figures.</param>
    /// <param name="texts">All rows of wordings.</param>
    public PolicyBook(IEnumerable<PolicyFigure> figures, IEnumerable<PolicyText> texts)
    {
        _figures = figures.Where(row => IsUsed(row.State)).ToLookup(row => row.Key, StringComparer.Ordinal);
        _texts = texts.Where(row => IsUsed(row.State)).ToLookup(row => row.Key, StringComparer.Ordinal);
        _boundaries = [.. _figures
            .SelectMany(group => group)
            .SelectMany(row => row.ValidTo is { } to ? new[] { row.ValidFrom, to.AddDays(1) } : [row.ValidFrom])
            .Distinct()
            .Order()];
    }

    /// <summary>The keys of all figures.</summary>
    public IEnumerable<string> Keys => _figures.Select(group => group.Key);

    /// <summary>The row in force, or null.</summary>
    public PolicyFigure? Find(string key, DateOnly day, AreaType? area = null) =>
        _figures.Contains(key)
            ? _found.GetOrAdd((key, PeriodOf(day), area), static (asked, at) => Search(at.Rows[asked.Key], at.Day, asked.Area), (Rows: _figures, Day: day))
            : null;

    /// <summary>The row in force.</summary>
    /// <exception cref="RefusedException">There is none (<c>policy-missing</c>).</exception>
    public PolicyFigure Get(string key, DateOnly day, AreaType? area = null) =>
        Find(key, day, area) ?? throw Missing(key, day);

    /// <summary>An amount.</summary>
    public Money Amount(string key, DateOnly day, AreaType? area = null) => new(Value(key, "fen", day, area));

    /// <summary>A rate or factor in parts per ten thousand.</summary>
    public long Permyriad(string key, DateOnly day, AreaType? area = null) => Value(key, "permyriad", day, area);

    /// <summary>A number of months.</summary>
    public int Months(string key, DateOnly day) => (int)Value(key, "months", day, null);

    /// <summary>A plain number.</summary>
    public int Count(string key, DateOnly day) => (int)Value(key, "count", day, null);

    /// <summary>A switch; false where no row is in force.</summary>
    public bool IsOn(string key, DateOnly day) => Find(key, day) is { Unit: "switch", Value: 1 };

    /// <summary>A period with its unit.</summary>
    public PolicyPeriod Period(string key, DateOnly day)
    {
        var row = Get(key, day);
        var unit = row.Unit switch
        {
            "workingDays" => Calendar.DayUnit.WorkingDays,
            "calendarDays" => Calendar.DayUnit.CalendarDays,
            "months" => Calendar.DayUnit.Months,
            "hours" => Calendar.DayUnit.Hours,
            _ => throw WrongUnit(row, "a period"),
        };
        return new PolicyPeriod(key, (int)row.Value, unit, row.Source, row.Article, row.ToBeConfirmed);
    }

    /// <summary>A wording with the wordings that stand in it in double braces filled in.</summary>
    /// <exception cref="RefusedException">There is none (<c>policy-missing</c>), or it names itself.</exception>
    public string Text(string key, DateOnly day) => Text(key, day, 0);

    /// <summary>Every day on which a figure begins or has ended: where a result that depends on figures may change.</summary>
    public IEnumerable<DateOnly> Boundaries() => _boundaries;

    private int PeriodOf(DateOnly day)
    {
        var at = Array.BinarySearch(_boundaries, day);
        return at < 0 ? ~at : at + 1;
    }

    private static PolicyFigure? Search(IEnumerable<PolicyFigure> rows, DateOnly day, AreaType? area) => rows
        .Where(row => Holds(row.ValidFrom, row.ValidTo, day) && (row.AreaType is null || row.AreaType == area))
        .OrderByDescending(row => row.AreaType is not null)
        .ThenByDescending(row => row.ValidFrom)
        .FirstOrDefault();

    private static bool IsUsed(PublicationState state) => state == PublicationState.Published;

    private static bool Holds(DateOnly from, DateOnly? to, DateOnly day) => from <= day && !(to < day);

    private static RefusedException Missing(string key, DateOnly day) =>
        new("policy-missing", $"政策参数“{key}”在{day:yyyy-MM-dd}没有生效的规定，请管理员先录入并发布。");

    private static RefusedException WrongUnit(PolicyFigure row, string wanted) =>
        new("policy-unit", $"政策参数“{row.Key}”的单位是{row.Unit}，这里需要{wanted}。");

    private long Value(string key, string unit, DateOnly day, AreaType? area)
    {
        var row = Get(key, day, area);
        return row.Unit == unit ? row.Value : throw WrongUnit(row, unit);
    }

    private string Text(string key, DateOnly day, int depth)
    {
        var row = _texts[key].Where(text => Holds(text.ValidFrom, text.ValidTo, day)).MaxBy(text => text.ValidFrom);
        if (row is null || depth > 4)
        {
            throw Missing(key, day);
        }

        var text = row.Text;
        for (var start = text.IndexOf("{{", StringComparison.Ordinal); start >= 0; start = text.IndexOf("{{", StringComparison.Ordinal))
        {
            var end = text.IndexOf("}}", start, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            text = string.Concat(text.AsSpan(0, start), Text(text[(start + 2)..end].Trim(), day, depth + 1), text.AsSpan(end + 2));
        }

        return text;
    }
}

/// <summary>A period as the policy sets it.</summary>
/// <param name="Key">Key.</param>
/// <param name="Count">How many.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Source">The regulation or decision.</param>
/// <param name="Article">Article, if known.</param>
/// <param name="ToBeConfirmed">Whether the bureau must confirm it.</param>
public sealed record PolicyPeriod(string Key, int Count, Calendar.DayUnit Unit, string Source, string? Article, bool ToBeConfirmed);
