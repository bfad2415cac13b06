using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Policy;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Assessment;

/// <summary>What an import did.</summary>
/// <param name="Added">Rows added.</param>
/// <param name="Published">Whether they are in force; if not, a second person must publish them.</param>
/// <param name="LeftAlone">Rows of the folder that differ from stored calendar days and were not taken over.</param>
public sealed record PolicyImportResult(int Added, bool Published, IReadOnlyList<string> LeftAlone);

/// <summary>
/// Takes a <c>policy/</c> folder into the database. Rows that are there already, word for word, are left alone, so a second
/// import does nothing. Into an empty or a demo database rows come published; else as one change that a second person
/// publishes or sends back.
/// </summary>
public static class PolicyImport
{
    /// <summary>What the change is called that an import makes.</summary>
    public const string Title = "随系统新版本带来的制度参数";

    /// <summary>Imports; the caller's step commits.</summary>
    /// <exception cref="InvalidInputException">The folder does not fit; nothing is changed.</exception>
    public static async Task<PolicyImportResult> ImportAsync(IUnitOfWork unitOfWork, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(unitOfWork);
        var policy = PolicyFolder.Read(folder);
        var stored = await StoredAsync(unitOfWork, cancellationToken);
        var publish = stored.Figures.Count + stored.Texts.Count + stored.Rules.Count == 0
            || await unitOfWork.Set<ClockSetting>().AnyAsync(setting => setting.IsDemo, cancellationToken);
        var leftAlone = LeftAlone(policy, stored);
        var added = publish ? Publish(unitOfWork, policy, stored) : await ProposeAsync(unitOfWork, policy, stored, cancellationToken);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new PolicyImportResult(added, publish, leftAlone);
    }

    private static async Task<PolicyState> StoredAsync(IUnitOfWork unitOfWork, CancellationToken cancellationToken) => new(
        await unitOfWork.Set<PolicyFigure>().AsNoTracking().ToListAsync(cancellationToken),
        await unitOfWork.Set<PolicyText>().AsNoTracking().ToListAsync(cancellationToken),
        await unitOfWork.Set<AuthorityRule>().AsNoTracking().ToListAsync(cancellationToken),
        await unitOfWork.Set<CalendarYear>().AsNoTracking().ToListAsync(cancellationToken),
        await unitOfWork.Set<CalendarDay>().AsNoTracking().ToListAsync(cancellationToken),
        []);

    private static int Publish(IUnitOfWork unitOfWork, PolicyFolder policy, PolicyState stored)
    {
        var figures = policy.Figures.Where(row => !stored.Figures.Any(old => Same(row, old))).ToList();
        var texts = policy.Texts.Where(row => !stored.Texts.Any(old => Same(row, old))).ToList();
        var rules = policy.Rules.Where(row => IsNew(row, stored)).ToList();
        var years = policy.Years.Where(year => !HasYear(stored, year.Year)).ToList();
        var days = policy.Days.Where(day => !HasYear(stored, day.Date.Year) && !stored.Days.Any(old => old.Date == day.Date)).ToList();
        unitOfWork.Set<PolicyFigure>().AddRange(figures);
        unitOfWork.Set<PolicyText>().AddRange(texts);
        unitOfWork.Set<AuthorityRule>().AddRange(rules);
        unitOfWork.Set<CalendarYear>().AddRange(years);
        unitOfWork.Set<CalendarDay>().AddRange(days);
        return figures.Count + texts.Count + rules.Count + years.Count + days.Count;
    }

    /// <summary>Makes the change for the second person, unless an earlier import has made the very same.</summary>
    private static async Task<int> ProposeAsync(IUnitOfWork unitOfWork, PolicyFolder policy, PolicyState stored, CancellationToken cancellationToken)
    {
        var content = new PolicyContent
        {
            Figures = [.. policy.Content.Figures.Where(row => !stored.Figures.Any(old => Same(row.ToEntity(), old)))],
            Texts = [.. policy.Content.Texts.Where(row => !stored.Texts.Any(old => Same(row.ToEntity(), old)))],
            Rules = [.. policy.Content.Rules.Where(row => IsNew(row.ToEntity(), stored))],
            Calendars = [.. policy.Content.Calendars.Where(row => !HasYear(stored, row.Year))],
        };
        var json = content.ToJson();
        if (content.IsEmpty || await unitOfWork.Set<PolicyChange>().AnyAsync(change => change.Title == Title && change.ContentJson == json, cancellationToken))
        {
            return 0;
        }

        unitOfWork.Set<PolicyChange>().Add(new PolicyChange { Title = Title, ContentJson = json, State = PublicationState.Submitted });
        return content.Figures.Count + content.Texts.Count + content.Rules.Count + content.Calendars.Count;
    }

    private static List<string> LeftAlone(PolicyFolder policy, PolicyState stored) =>
    [
        .. policy.Days.Where(day => stored.Days.Any(old => old.Date == day.Date && old.Kind != day.Kind)).Select(day => $"日历 {day.Date:yyyy-MM-dd}"),
        .. policy.Rules.Where(rule => stored.Rules.Any(old => old.Code == rule.Code && old.Version == rule.Version && !Same(rule, old))).Select(rule => $"规则 {rule.Code} 第{rule.Version}版"),
    ];

    private static bool HasYear(PolicyState stored, int year) => stored.Years.Any(known => known.Year == year);

    /// <summary>A version of a rule that is stored already is never written again, whatever it says.</summary>
    private static bool IsNew(AuthorityRule rule, PolicyState stored) =>
        !stored.Rules.Any(old => old.Code == rule.Code && old.Version == rule.Version);

    private static bool Same(PolicyFigure left, PolicyFigure right) =>
        (left.Key, left.AreaType, left.Value, left.Unit, left.ValidFrom, left.ValidTo, left.Source)
        == (right.Key, right.AreaType, right.Value, right.Unit, right.ValidFrom, right.ValidTo, right.Source);

    private static bool Same(PolicyText left, PolicyText right) =>
        (left.Key, left.Text, left.ValidFrom, left.ValidTo, left.Source) == (right.Key, right.Text, right.ValidFrom, right.ValidTo, right.Source);

    /// <summary>The last day is not compared: a later version, made here, may have ended the row.</summary>
    private static bool Same(AuthorityRule left, AuthorityRule right) =>
        (left.Code, left.Version, left.Priority, left.CaseTypes, left.ValidFrom) == (right.Code, right.Version, right.Priority, right.CaseTypes, right.ValidFrom)
        && left.Active == right.Active
        && left.ConditionsJson == right.ConditionsJson
        && left.RouteJson == right.RouteJson;
}
