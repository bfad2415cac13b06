using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Policy;

/// <summary>A figure as it is written in <c>policy/*.json</c> and in a change. <c>Value</c> counts the unit; a rate is in parts per ten thousand.</summary>
public sealed record FigureRow(
    string Key, string Name, long Value, string Unit, DateOnly ValidFrom, string Source, AreaType? Area = null, DateOnly? ValidTo = null, string? Article = null, bool ToBeConfirmed = false)
{
    /// <summary>The units that a figure may have.</summary>
    public static IReadOnlyList<string> Units { get; } = ["fen", "permyriad", "workingDays", "calendarDays", "months", "hours", "count", "switch"];

    /// <summary>The row as it is stored, published.</summary>
    /// <exception cref="InvalidInputException">The unit is unknown.</exception>
    public PolicyFigure ToEntity() => Units.Contains(Unit, StringComparer.Ordinal)
        ? new PolicyFigure
        {
            Key = Key,
            AreaType = Area,
            Value = Value,
            Unit = Unit,
            ValidFrom = ValidFrom,
            ValidTo = ValidTo,
            Source = Source,
            Article = Article,
            Name = Name,
            ToBeConfirmed = ToBeConfirmed,
        }
        : throw new InvalidInputException(Key, $"单位“{Unit}”无效，可用：{string.Join("、", Units)}。");
}

/// <summary>A wording as it is written in <c>policy/texts.json</c> and in a change.</summary>
public sealed record TextRow(
    string Key, string Text, DateOnly ValidFrom, string Source, DateOnly? ValidTo = null, string? Article = null, bool ToBeConfirmed = false)
{
    /// <summary>The row as it is stored, published.</summary>
    public PolicyText ToEntity() => new()
    {
        Key = Key,
        Text = Text,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Source = Source,
        Article = Article,
        ToBeConfirmed = ToBeConfirmed,
    };
}

/// <summary>A row of the delegation table as it is written in <c>policy/authority.json</c> and in a change.</summary>
public sealed record RuleRow(
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
    int Version = 1)
{
    /// <summary>The row as it is stored, published.</summary>
    /// <exception cref="InvalidInputException">The route cannot be read.</exception>
    public AuthorityRule ToEntity() => new()
    {
        Code = Code,
        Version = Version,
        Priority = Priority,
        CaseTypes = string.Join(',', CaseTypes),
        ConditionsJson = Conditions.GetRawText(),
        RouteJson = AuthorityRoute.Parse(Route.GetRawText()).ToJson(),
        Description = Description,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Active = Active,
        Source = Article is null ? Source : $"{Source}第{Article}条",
        ToBeConfirmed = ToBeConfirmed,
    };
}

/// <summary>A row of the delegation table ends without a successor.</summary>
/// <param name="Code">The row.</param>
/// <param name="LastDay">Its last day; today or later.</param>
public sealed record RuleEnd(string Code, DateOnly LastDay);

/// <summary>The State Council Office's notice of a year, as in <c>policy/calendar-*.json</c>.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">The notice.</param>
/// <param name="WorkingDays">Working days of the year by the notice: the check value.</param>
/// <param name="Off">Days off that differ from the week.</param>
/// <param name="MakeUpWork">Weekend days that are worked.</param>
public sealed record CalendarRow(int Year, string Source, int WorkingDays, IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> MakeUpWork)
{
    /// <summary>The year as it is stored.</summary>
    public CalendarYear ToYear() => new() { Year = Year, Source = Source };

    /// <summary>Its days as they are stored.</summary>
    public IEnumerable<CalendarDay> ToDays() =>
        Off.Select(day => new CalendarDay { Date = day, Kind = CalendarDayKind.Off, Source = Source })
            .Concat(MakeUpWork.Select(day => new CalendarDay { Date = day, Kind = CalendarDayKind.MakeUpWork, Source = Source }));
}

/// <summary>A new text of a document template; title, number kind and model stay those of the version before.</summary>
/// <param name="Key">The template.</param>
/// <param name="Text">Its Scriban text.</param>
/// <param name="ValidFrom">First day of use; today or later.</param>
public sealed record TemplateRow(string Key, string Text, DateOnly ValidFrom);

/// <summary>The rows of one change, as JSON in the format of <c>policy/</c>.</summary>
public sealed record PolicyContent
{
    /// <summary>Figures.</summary>
    public IReadOnlyList<FigureRow> Figures { get; init; } = [];

    /// <summary>Wordings.</summary>
    public IReadOnlyList<TextRow> Texts { get; init; } = [];

    /// <summary>New rows, or new versions of rows, of the delegation table.</summary>
    public IReadOnlyList<RuleRow> Rules { get; init; } = [];

    /// <summary>Rows of the delegation table that end.</summary>
    public IReadOnlyList<RuleEnd> RuleEnds { get; init; } = [];

    /// <summary>Calendars.</summary>
    public IReadOnlyList<CalendarRow> Calendars { get; init; } = [];

    /// <summary>Document templates.</summary>
    public IReadOnlyList<TemplateRow> Templates { get; init; } = [];

    /// <summary>Whether nothing would change.</summary>
    public bool IsEmpty => Figures.Count + Texts.Count + Rules.Count + RuleEnds.Count + Calendars.Count + Templates.Count == 0;

    /// <summary>How rows are written: as in the folder <c>policy/</c>; a member that is not known is refused.</summary>
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static PolicyContent Parse(string json) => JsonSerializer.Deserialize<PolicyContent>(json, Options) ?? new PolicyContent();

    /// <summary>The rows as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>These rows and those of <paramref name="more"/>, which replace rows about the same thing.</summary>
    public PolicyContent With(PolicyContent more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return new PolicyContent
        {
            Figures = Merge(Figures, more.Figures, row => $"{row.Key}|{row.Area}|{row.ValidFrom}"),
            Texts = Merge(Texts, more.Texts, row => $"{row.Key}|{row.ValidFrom}"),
            Rules = [.. Merge(Rules, more.Rules, row => row.Code).Where(row => !more.RuleEnds.Any(end => end.Code == row.Code))],
            RuleEnds = [.. Merge(RuleEnds, more.RuleEnds, row => row.Code).Where(end => !more.Rules.Any(row => row.Code == end.Code))],
            Calendars = Merge(Calendars, more.Calendars, row => $"{row.Year}"),
            Templates = Merge(Templates, more.Templates, row => row.Key),
        };
    }

    /// <summary>These rows without the one named by <paramref name="subject"/> (see <see cref="SubjectOf(FigureRow)"/> and its like).</summary>
    public PolicyContent Without(string subject) => new()
    {
        Figures = [.. Figures.Where(row => SubjectOf(row) != subject)],
        Texts = [.. Texts.Where(row => SubjectOf(row) != subject)],
        Rules = [.. Rules.Where(row => SubjectOf(row) != subject)],
        RuleEnds = [.. RuleEnds.Where(row => SubjectOf(row) != subject)],
        Calendars = [.. Calendars.Where(row => SubjectOf(row) != subject)],
        Templates = [.. Templates.Where(row => SubjectOf(row) != subject)],
    };

    /// <summary>Names a row in its change.</summary>
    public static string SubjectOf(FigureRow row) => $"figure:{row.Key}:{row.Area}:{row.ValidFrom:yyyy-MM-dd}";

    /// <inheritdoc cref="SubjectOf(FigureRow)"/>
    public static string SubjectOf(TextRow row) => $"text:{row.Key}:{row.ValidFrom:yyyy-MM-dd}";

    /// <inheritdoc cref="SubjectOf(FigureRow)"/>
    public static string SubjectOf(RuleRow row) => $"rule:{row.Code}";

    /// <inheritdoc cref="SubjectOf(FigureRow)"/>
    public static string SubjectOf(RuleEnd row) => $"end:{row.Code}";

    /// <inheritdoc cref="SubjectOf(FigureRow)"/>
    public static string SubjectOf(CalendarRow row) => $"calendar:{row.Year}";

    /// <inheritdoc cref="SubjectOf(FigureRow)"/>
    public static string SubjectOf(TemplateRow row) => $"template:{row.Key}";

    private static List<T> Merge<T>(IEnumerable<T> before, IReadOnlyList<T> more, Func<T, string> identity)
    {
        var replaced = more.Select(identity).ToHashSet(StringComparer.Ordinal);
        return [.. before.Where(row => !replaced.Contains(identity(row))), .. more];
    }
}
