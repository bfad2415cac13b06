using System.Text.Json;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Policy;

namespace CaseFlow.Cases.Assessment;

/// <summary>The rows of a <c>policy/</c> folder, read and checked, not yet stored.</summary>
/// <param name="Figures">Figures.</param>
/// <param name="Texts">Wordings.</param>
/// <param name="Rules">Delegation table.</param>
/// <param name="Years">Years with a notice.</param>
/// <param name="Days">Days that differ from the week.</param>
public sealed record PolicyFolder(
    IReadOnlyList<PolicyFigure> Figures,
    IReadOnlyList<PolicyText> Texts,
    IReadOnlyList<AuthorityRule> Rules,
    IReadOnlyList<CalendarYear> Years,
    IReadOnlyList<CalendarDay> Days)
{
    /// <summary>The rows as they are written, for a change that a second person publishes.</summary>
    public PolicyContent Content { get; private init; } = new();

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidInputException">A file is not in the format, a figure's unit is unknown, a calendar does not have the working days it states, or the table has a gap or an overlap; the key names the file.</exception>
    public static PolicyFolder Read(string folder)
    {
        var content = new PolicyContent
        {
            Figures = [.. File<FigureFile>(Path.Combine(folder, "standards.json")).Figures.Concat(File<FigureFile>(Path.Combine(folder, "figures.json")).Figures)],
            Texts = File<TextFile>(Path.Combine(folder, "texts.json")).Texts,
            Rules = File<RuleFile>(Path.Combine(folder, "authority.json")).Rules,
            Calendars = [.. Directory.GetFiles(folder, "calendar-*.json").Order(StringComparer.Ordinal).Select(File<CalendarRow>)],
        };
        var policy = new PolicyFolder(
            [.. content.Figures.Select(row => row.ToEntity())],
            [.. content.Texts.Select(row => row.ToEntity())],
            [.. content.Rules.Select(row => row.ToEntity())],
            [.. content.Calendars.Select(row => row.ToYear())],
            [.. content.Calendars.SelectMany(row => row.ToDays()), .. Statutory(File<StatutoryFile>(Path.Combine(folder, "statutory-days.json")))])
        {
            Content = content,
        };
        policy.Check(content.Calendars);
        return policy;
    }

    private static T File<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(System.IO.File.ReadAllText(path), PolicyContent.Options)
                ?? throw new InvalidInputException(Path.GetFileName(path), "文件是空的。");
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            throw new InvalidInputException(Path.GetFileName(path), exception.Message);
        }
    }

    private static IEnumerable<CalendarDay> Statutory(StatutoryFile file) => file.Years.Values.SelectMany(days => days)
        .Select(day => new CalendarDay { Date = day, Kind = CalendarDayKind.ProvisionalOff, Source = file.Source });

    private void Check(IReadOnlyList<CalendarRow> calendars)
    {
        var calendar = new HolidayCalendar(Days.Where(day => Years.Any(year => year.Year == day.Date.Year)), Years);
        foreach (var file in calendars.Where(file => calendar.WorkingDaysOf(file.Year) != file.WorkingDays))
        {
            throw new InvalidInputException(
                $"calendar-{file.Year}.json",
                $"文件写明全年{file.WorkingDays}个工作日，按所列日期计算为{calendar.WorkingDaysOf(file.Year)}个，请核对。");
        }

        var faults = AuthorityTableCheck.Faults(Rules, new PolicyBook(Figures, Texts));
        if (faults.Count > 0)
        {
            throw new InvalidInputException(new Dictionary<string, string[]> { ["authority.json"] = [.. faults] });
        }
    }

    private sealed record FigureFile(IReadOnlyList<FigureRow> Figures);

    private sealed record TextFile(IReadOnlyList<TextRow> Texts);

    private sealed record RuleFile(IReadOnlyList<RuleRow> Rules);

    private sealed record StatutoryFile(string Source, IReadOnlyDictionary<string, IReadOnlyList<DateOnly>> Years, string? Note = null, bool ToBeConfirmed = false);
}
