using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

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
    private static readonly string[] Units = ["fen", "permyriad", "workingDays", "calendarDays", "months", "hours", "count", "switch"];

    private static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidInputException">A file is not in the format, a figure's unit is unknown, a calendar does not have the working days it states, or the table has a gap or an overlap; the key names the file.</exception>
    public static PolicyFolder Read(string folder)
    {
        var calendars = Directory.GetFiles(folder, "calendar-*.json").Order(StringComparer.Ordinal).Select(File<CalendarFile>).ToList();
        var policy = new PolicyFolder(
            [.. File<FigureFile>(Path.Combine(folder, "standards.json")).Figures.Concat(File<FigureFile>(Path.Combine(folder, "figures.json")).Figures).Select(Figure)],
            [.. File<TextFile>(Path.Combine(folder, "texts.json")).Texts.Select(Text)],
            [.. File<RuleFile>(Path.Combine(folder, "authority.json")).Rules.Select(Rule)],
            [.. calendars.Select(file => new CalendarYear { Year = file.Year, Source = file.Source })],
            [.. calendars.SelectMany(DaysOf), .. Statutory(File<StatutoryFile>(Path.Combine(folder, "statutory-days.json")))]);
        policy.Check(calendars);
        return policy;
    }

    private static T File<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(System.IO.File.ReadAllText(path), Options)
                ?? throw new InvalidInputException(Path.GetFileName(path), "文件是空的。");
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            throw new InvalidInputException(Path.GetFileName(path), exception.Message);
        }
    }

    private static PolicyFigure Figure(FigureRow row) => Units.Contains(row.Unit, StringComparer.Ordinal)
        ? new PolicyFigure
        {
            Key = row.Key,
            AreaType = row.Area,
            Value = row.Value,
            Unit = row.Unit,
            ValidFrom = row.ValidFrom,
            ValidTo = row.ValidTo,
            Source = row.Source,
            Article = row.Article,
            Name = row.Name,
            ToBeConfirmed = row.ToBeConfirmed,
        }
        : throw new InvalidInputException(row.Key, $"单位“{row.Unit}”无效，可用：{string.Join("、", Units)}。");

    private static PolicyText Text(TextRow row) => new()
    {
        Key = row.Key,
        Text = row.Text,
        ValidFrom = row.ValidFrom,
        ValidTo = row.ValidTo,
        Source = row.Source,
        Article = row.Article,
        ToBeConfirmed = row.ToBeConfirmed,
    };

    private static AuthorityRule Rule(RuleRow row) => new()
    {
        Code = row.Code,
        Version = row.Version,
        Priority = row.Priority,
        CaseTypes = string.Join(',', row.CaseTypes),
        ConditionsJson = row.Conditions.GetRawText(),
        RouteJson = AuthorityRoute.Parse(row.Route.GetRawText()).ToJson(),
        Description = row.Description,
        ValidFrom = row.ValidFrom,
        ValidTo = row.ValidTo,
        Active = row.Active,
        Source = row.Article is null ? row.Source : $"{row.Source}第{row.Article}条",
        ToBeConfirmed = row.ToBeConfirmed,
    };

    private static IEnumerable<CalendarDay> DaysOf(CalendarFile file) =>
        file.Off.Select(day => new CalendarDay { Date = day, Kind = CalendarDayKind.Off, Source = file.Source })
            .Concat(file.MakeUpWork.Select(day => new CalendarDay { Date = day, Kind = CalendarDayKind.MakeUpWork, Source = file.Source }));

    private static IEnumerable<CalendarDay> Statutory(StatutoryFile file) => file.Years.Values.SelectMany(days => days)
        .Select(day => new CalendarDay { Date = day, Kind = CalendarDayKind.ProvisionalOff, Source = file.Source });

    private void Check(List<CalendarFile> calendars)
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

    private sealed record FigureRow(
        string Key, string Name, long Value, string Unit, DateOnly ValidFrom, string Source, AreaType? Area = null, DateOnly? ValidTo = null, string? Article = null, bool ToBeConfirmed = false);

    private sealed record TextFile(IReadOnlyList<TextRow> Texts);

    private sealed record TextRow(
        string Key, string Text, DateOnly ValidFrom, string Source, DateOnly? ValidTo = null, string? Article = null, bool ToBeConfirmed = false);

    private sealed record RuleFile(IReadOnlyList<RuleRow> Rules);

    private sealed record RuleRow(
        string Code,
        int Priority,
        IReadOnlyList<string> CaseTypes,
        JsonElement Conditions,
        JsonElement Route,
        string Description,
        DateOnly ValidFrom,
        string Source,
        DateOnly? ValidTo = null,
        bool Active = true,
        string? Article = null,
        bool ToBeConfirmed = false,
        int Version = 1);

    private sealed record CalendarFile(int Year, string Source, int WorkingDays, IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> MakeUpWork);

    private sealed record StatutoryFile(string Source, IReadOnlyDictionary<string, IReadOnlyList<DateOnly>> Years, string? Note = null, bool ToBeConfirmed = false);
}
