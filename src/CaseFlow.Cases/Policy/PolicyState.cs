using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Policy;

/// <summary>All published rows, as they are or as they would be after a change.</summary>
/// <param name="Figures">Figures.</param>
/// <param name="Texts">Wordings.</param>
/// <param name="Rules">Delegation table.</param>
/// <param name="Years">Years with a notice.</param>
/// <param name="Days">Days that differ from the week.</param>
/// <param name="Templates">Document templates.</param>
public sealed record PolicyState(
    IReadOnlyList<PolicyFigure> Figures,
    IReadOnlyList<PolicyText> Texts,
    IReadOnlyList<AuthorityRule> Rules,
    IReadOnlyList<CalendarYear> Years,
    IReadOnlyList<CalendarDay> Days,
    IReadOnlyList<DocumentTemplate> Templates)
{
    /// <summary>Figures and wordings by key and day.</summary>
    public PolicyBook Book { get; } = new(Figures, Texts);

    /// <summary>What is stored now.</summary>
    public static async Task<PolicyState> ReadAsync(IUnitOfWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new PolicyState(
            await work.Set<PolicyFigure>().AsNoTracking().Where(f => f.State == PublicationState.Published).ToListAsync(cancellationToken),
            await work.Set<PolicyText>().AsNoTracking().Where(t => t.State == PublicationState.Published).ToListAsync(cancellationToken),
            await work.Set<AuthorityRule>().AsNoTracking().Where(r => r.State == PublicationState.Published).ToListAsync(cancellationToken),
            await work.Set<CalendarYear>().AsNoTracking().ToListAsync(cancellationToken),
            await work.Set<CalendarDay>().AsNoTracking().ToListAsync(cancellationToken),
            await work.Set<DocumentTemplate>().AsNoTracking().Where(t => t.State == PublicationState.Published).ToListAsync(cancellationToken));
    }

    /// <summary>The state after a change. A new version of a rule ends the version before on the day before its first.</summary>
    public PolicyState After(PolicyContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var years = content.Calendars.Select(row => row.Year).ToHashSet();
        return new PolicyState(
            [.. Figures, .. content.Figures.Select(row => row.ToEntity())],
            [.. Texts, .. content.Texts.Select(row => row.ToEntity())],
            [.. Rules.Select(rule => Closed(rule, LastDayOf(rule, content))), .. content.Rules.Select(row => WithVersion(row.ToEntity()))],
            [.. Years.Where(year => !years.Contains(year.Year)), .. content.Calendars.Select(row => row.ToYear())],
            [.. Days.Where(day => !years.Contains(day.Date.Year) || day.Kind == CalendarDayKind.ProvisionalOff), .. content.Calendars.SelectMany(row => row.ToDays())],
            [.. Templates, .. content.Templates.Select(NextVersion).OfType<DocumentTemplate>()]);
    }

    /// <summary>The row of the table that is the newest version of a code; null if there is none.</summary>
    public AuthorityRule? Newest(string code) => Rules.Where(rule => rule.Code == code).MaxBy(rule => rule.Version);

    /// <summary>The last day that a change gives to a rule; null where it leaves it alone.</summary>
    public static DateOnly? LastDayOf(AuthorityRule rule, PolicyContent content)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(content);
        DateOnly? last = content.Rules.FirstOrDefault(row => row.Code == rule.Code) is { } successor
            ? successor.ValidFrom.AddDays(-1)
            : content.RuleEnds.FirstOrDefault(end => end.Code == rule.Code)?.LastDay;
        return last is { } day && rule.ValidFrom <= day && !(rule.ValidTo <= day) ? day : null;
    }

    /// <summary>The stored form of a new template text: the next version with the model of the one before; null if there is no such template.</summary>
    public DocumentTemplate? NextVersion(TemplateRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Templates.Where(t => t.Key == row.Key).MaxBy(t => t.Version) is { } before
            ? new DocumentTemplate
            {
                Key = before.Key,
                Version = before.Version + 1,
                Title = before.Title,
                NumberKind = before.NumberKind,
                Text = row.Text,
                ModelJson = before.ModelJson,
                ValidFrom = row.ValidFrom,
                State = PublicationState.Published,
            }
            : null;
    }

    /// <summary>Gives a new row of the table the version after the newest of its code.</summary>
    public AuthorityRule WithVersion(AuthorityRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rule.Version = (Newest(rule.Code)?.Version ?? 0) + 1;
        return rule;
    }

    private static AuthorityRule Closed(AuthorityRule rule, DateOnly? lastDay) => lastDay is null
        ? rule
        : new AuthorityRule
        {
            Id = rule.Id,
            Code = rule.Code,
            Version = rule.Version,
            Priority = rule.Priority,
            CaseTypes = rule.CaseTypes,
            ConditionsJson = rule.ConditionsJson,
            RouteJson = rule.RouteJson,
            Description = rule.Description,
            ValidFrom = rule.ValidFrom,
            ValidTo = lastDay,
            Active = rule.Active,
            Source = rule.Source,
            ToBeConfirmed = rule.ToBeConfirmed,
            State = rule.State,
            SubmittedBy = rule.SubmittedBy,
        };
}
