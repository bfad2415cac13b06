using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Assessment;

/// <summary>What an import did.</summary>
/// <param name="Added">Rows added.</param>
/// <param name="Published">Whether they are in force; if not, a second person must publish them.</param>
/// <param name="LeftAlone">Rows of the folder that differ from stored calendar days and were not taken over.</param>
public sealed record PolicyImportResult(int Added, bool Published, IReadOnlyList<string> LeftAlone);

/// <summary>
/// Takes a <c>policy/</c> folder into the database. Rows that are there already, word for word, are left alone, so a second
/// import does nothing. Into an empty or a demo database rows come published; else as submissions for a second person.
/// Calendars have no submissions: outside an empty or demo database they are loaded on the administrator's page.
/// </summary>
public static class PolicyImport
{
    /// <summary>Imports; the caller's step commits.</summary>
    /// <exception cref="InvalidInputException">The folder does not fit; nothing is changed.</exception>
    public static async Task<PolicyImportResult> ImportAsync(IUnitOfWork unitOfWork, string folder, CancellationToken cancellationToken)
    {
        var policy = PolicyFolder.Read(folder);
        var figures = await unitOfWork.Set<PolicyFigure>().AsNoTracking().ToListAsync(cancellationToken);
        var texts = await unitOfWork.Set<PolicyText>().AsNoTracking().ToListAsync(cancellationToken);
        var rules = await unitOfWork.Set<AuthorityRule>().AsNoTracking().ToListAsync(cancellationToken);
        var publish = figures.Count + texts.Count + rules.Count == 0
            || await unitOfWork.Set<ClockSetting>().AnyAsync(setting => setting.IsDemo, cancellationToken);
        var state = publish ? PublicationState.Published : PublicationState.Submitted;

        var newFigures = New(policy.Figures, figures, Same);
        newFigures.ForEach(row => row.State = state);
        var newTexts = New(policy.Texts, texts, Same);
        newTexts.ForEach(row => row.State = state);
        var newRules = New(policy.Rules, rules, Same);
        newRules.ForEach(row => row.State = state);
        unitOfWork.Set<PolicyFigure>().AddRange(newFigures);
        unitOfWork.Set<PolicyText>().AddRange(newTexts);
        unitOfWork.Set<AuthorityRule>().AddRange(newRules);

        var leftAlone = new List<string>();
        var days = await CalendarsAsync(unitOfWork, policy, publish, leftAlone, cancellationToken);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new PolicyImportResult(newFigures.Count + newTexts.Count + newRules.Count + days, publish, leftAlone);
    }

    private static async Task<int> CalendarsAsync(IUnitOfWork unitOfWork, PolicyFolder policy, bool publish, List<string> leftAlone, CancellationToken cancellationToken)
    {
        var stored = await unitOfWork.Set<CalendarDay>().AsNoTracking().ToDictionaryAsync(day => day.Date, cancellationToken);
        var years = await unitOfWork.Set<CalendarYear>().AsNoTracking().Select(year => year.Year).ToListAsync(cancellationToken);
        var newYears = policy.Years.Where(year => !years.Contains(year.Year)).ToList();
        var newDays = policy.Days.Where(day => !stored.ContainsKey(day.Date) && !years.Contains(day.Date.Year)).ToList();
        leftAlone.AddRange(policy.Days.Where(day => stored.TryGetValue(day.Date, out var old) && old.Kind != day.Kind).Select(day => $"日历 {day.Date:yyyy-MM-dd}"));
        if (!publish)
        {
            leftAlone.AddRange(newYears.Select(year => $"{year.Year}年日历"));
            return 0;
        }

        unitOfWork.Set<CalendarYear>().AddRange(newYears);
        unitOfWork.Set<CalendarDay>().AddRange(newDays);
        return newYears.Count + newDays.Count;
    }

    private static List<T> New<T>(IEnumerable<T> rows, List<T> stored, Func<T, T, bool> same) =>
        [.. rows.Where(row => !stored.Exists(old => same(row, old)))];

    private static bool Same(PolicyFigure left, PolicyFigure right) =>
        (left.Key, left.AreaType, left.Value, left.Unit, left.ValidFrom, left.ValidTo, left.Source)
        == (right.Key, right.AreaType, right.Value, right.Unit, right.ValidFrom, right.ValidTo, right.Source);

    private static bool Same(PolicyText left, PolicyText right) =>
        (left.Key, left.Text, left.ValidFrom, left.ValidTo, left.Source) == (right.Key, right.Text, right.ValidFrom, right.ValidTo, right.Source);

    private static bool Same(AuthorityRule left, AuthorityRule right) =>
        (left.Code, left.Version, left.Priority, left.CaseTypes, left.ValidFrom, left.ValidTo) == (right.Code, right.Version, right.Priority, right.CaseTypes, right.ValidFrom, right.ValidTo)
        && left.Active == right.Active
        && left.ConditionsJson == right.ConditionsJson
        && left.RouteJson == right.RouteJson;
}
