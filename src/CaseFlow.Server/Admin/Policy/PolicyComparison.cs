using System.Globalization;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using CaseFlow.Server.Texts;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Admin.Policy;

/// <summary>One row of a change beside what it follows.</summary>
/// <param name="Subject">Names the row in its change.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="IsNew">Nothing was in force before.</param>
/// <param name="EditHref">Where the row is edited.</param>
/// <param name="Fields">What differs, and the first day.</param>
public sealed record ComparedRow(string Subject, string Title, bool IsNew, string EditHref, IReadOnlyList<ComparedField> Fields);

/// <summary>A field before and after.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Before">What holds until then; null for nothing.</param>
/// <param name="After">What holds from then on.</param>
/// <param name="Pieces">For texts: the difference piece by piece.</param>
/// <param name="Lines">The pieces are lines.</param>
public sealed record ComparedField(string Label, string? Before, string? After, IReadOnlyList<TextPiece>? Pieces = null, bool Lines = false);

/// <summary>Tells what a change does, row by row, against what is in force on the day before.</summary>
internal sealed class PolicyComparison(IStringLocalizer texts, PolicyWords words)
{
    /// <summary>The rows of a change.</summary>
    /// <param name="content">The change.</param>
    /// <param name="state">What is stored now.</param>
    /// <param name="change">The change's id, for the addresses.</param>
    public IReadOnlyList<ComparedRow> Compare(PolicyContent content, PolicyState state, string change)
    {
        ArgumentNullException.ThrowIfNull(content);
        return
        [
            .. content.Figures.Select(row => Figure(row, state, change)),
            .. content.Texts.Select(row => Text(row, state, change)),
            .. content.Rules.Select(row => Rule(row, state, change)),
            .. content.RuleEnds.Select(row => new ComparedRow(
                PolicyContent.SubjectOf(row), texts["Changes.RuleEnds", row.Code], false, $"/admin/authority/edit?code={row.Code}&change={change}", [new(texts["Changes.LastDay"], null, Iso(row.LastDay))])),
            .. content.Calendars.Select(row => Calendar(row, state, change)),
            .. content.Templates.Select(row => Template(row, state, change)),
        ];
    }

    private ComparedRow Figure(FigureRow row, PolicyState state, string change)
    {
        var before = state.Book.Find(row.Key, row.ValidFrom.AddDays(-1), row.Area);
        return new ComparedRow(
            PolicyContent.SubjectOf(row),
            row.Name + (row.Area is { } area && !row.Name.Contains(texts.Of(area), StringComparison.Ordinal) ? $" · {texts.Of(area)}" : ""),
            before is null,
            $"/admin/standards/edit?key={row.Key}&area={row.Area}&change={change}",
            Fields(
                ("Standards.Value", before is null ? null : words.Value(before.Unit, before.Value), words.Value(row.Unit, row.Value)),
                ("Standards.From", null, Iso(row.ValidFrom)),
                ("Standards.To", null, row.ValidTo is { } to ? Iso(to) : null),
                ("Standards.Source", before?.Source, row.Source),
                ("Changes.Article", before?.Article, row.Article),
                ("Standards.ToBeConfirmed", before is null ? null : YesNo(before.ToBeConfirmed), YesNo(row.ToBeConfirmed))));
    }

    private ComparedRow Text(TextRow row, PolicyState state, string change)
    {
        var day = row.ValidFrom.AddDays(-1);
        var before = state.Texts.Where(t => t.Key == row.Key && t.ValidFrom <= day && !(t.ValidTo < day)).MaxBy(t => t.ValidFrom);
        return new ComparedRow(
            PolicyContent.SubjectOf(row),
            row.Key,
            before is null,
            $"/admin/texts/edit?key={row.Key}&change={change}",
            [
                new(texts["Changes.Text"], before?.Text, row.Text, TextDifference.ByCharacters(before?.Text ?? "", row.Text)),
                .. Fields(("Standards.From", null, Iso(row.ValidFrom)), ("Standards.Source", before?.Source, row.Source), ("Changes.Article", before?.Article, row.Article)),
            ]);
    }

    private ComparedRow Rule(RuleRow row, PolicyState state, string change)
    {
        var before = state.Newest(row.Code);
        var after = state.WithVersion(row.ToEntity());
        return new ComparedRow(
            PolicyContent.SubjectOf(row),
            texts["Changes.Rule", row.Code, after.Version],
            before is null,
            $"/admin/authority/edit?code={row.Code}&change={change}",
            Fields(
                ("AuthorityTable.What", before?.Description, after.Description),
                ("AuthorityTable.CaseTypes", before is null ? null : Types(before), Types(after)),
                ("AuthorityTable.Priority", before?.Priority.ToString(CultureInfo.InvariantCulture), after.Priority.ToString(CultureInfo.InvariantCulture)),
                ("AuthorityTable.Conditions", before is null ? null : words.ConditionText(before.ConditionsJson, state), words.ConditionText(after.ConditionsJson, state)),
                ("AuthorityTable.Route", before is null ? null : Route(before), Route(after)),
                ("AuthorityTable.Used", before is null ? null : YesNo(before.Active), YesNo(after.Active)),
                ("Standards.From", null, Iso(row.ValidFrom)),
                ("Standards.Source", before?.Source, after.Source),
                ("Standards.ToBeConfirmed", before is null ? null : YesNo(before.ToBeConfirmed), YesNo(after.ToBeConfirmed))));
    }

    private ComparedRow Calendar(CalendarRow row, PolicyState state, string change)
    {
        var known = state.Years.Any(year => year.Year == row.Year);
        var before = new HolidayCalendar(state.Days, state.Years);
        return new ComparedRow(
            PolicyContent.SubjectOf(row),
            texts["Changes.Calendar", row.Year],
            !known,
            $"/admin/calendars/edit?year={row.Year}&change={change}",
            Fields(
                ("Calendars.Off", known ? Days(state.Days, row.Year, CalendarDayKind.Off) : null, Days(row.Off)),
                ("Calendars.MakeUp", known ? Days(state.Days, row.Year, CalendarDayKind.MakeUpWork) : null, Days(row.MakeUpWork)),
                ("Calendars.WorkingDays", before.WorkingDaysOf(row.Year).ToString(CultureInfo.InvariantCulture), row.WorkingDays.ToString(CultureInfo.InvariantCulture)),
                ("Standards.Source", state.Years.FirstOrDefault(y => y.Year == row.Year)?.Source, row.Source)));
    }

    private ComparedRow Template(TemplateRow row, PolicyState state, string change)
    {
        var before = state.Templates.Where(t => t.Key == row.Key).MaxBy(t => t.Version);
        return new ComparedRow(
            PolicyContent.SubjectOf(row),
            before is null ? row.Key : texts["Changes.Template", before.Title, before.Version + 1],
            before is null,
            $"/admin/templates/edit?key={Uri.EscapeDataString(row.Key)}&change={change}",
            [
                new(texts["Changes.Text"], before?.Text, row.Text, TextDifference.ByLines(before?.Text ?? "", row.Text), Lines: true),
                .. Fields(("Standards.From", null, Iso(row.ValidFrom))),
            ]);
    }

    /// <summary>Those that differ; a field without a before is always told.</summary>
    private List<ComparedField> Fields(params (string Key, string? Before, string? After)[] fields) =>
        [.. fields.Where(f => f.Before != f.After).Select(f => new ComparedField(texts[f.Key], f.Before, f.After))];

    private string Types(AuthorityRule rule) => string.Join('、', rule.CaseTypes.Split(',').Select(words.CaseType));

    private string Route(AuthorityRule rule) => string.Join('；', words.Route(AuthorityRoute.Parse(rule.RouteJson)));

    private string YesNo(bool yes) => texts[yes ? "Changes.Yes" : "Changes.No"];

    private static string Days(IEnumerable<CalendarDay> days, int year, CalendarDayKind kind) =>
        Days(days.Where(d => d.Date.Year == year && d.Kind == kind).Select(d => d.Date));

    private static string Days(IEnumerable<DateOnly> days) => string.Join(' ', days.Order().Select(d => d.ToString("MM-dd", CultureInfo.InvariantCulture)));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
