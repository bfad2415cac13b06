using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Policy;

/// <summary>What is wrong with a change.</summary>
/// <param name="Field">The member of the row, for example <c>validFrom</c>; empty where the table as a whole is wrong.</param>
/// <param name="Message">The sentence, in Chinese.</param>
public sealed record PolicyFault(string Field, string Message);

/// <summary>
/// Judges a change before it is kept, submitted and published. The past cannot be changed: what begins today or earlier is
/// refused, because decisions of today may already rest on what was in force this morning. Only what the book did not hold
/// at all may begin earlier (a release that brings a new rule with its date), and a raise of the standard that is made known late.
/// </summary>
public static class PolicyCheck
{
    private const int LongestText = 4000;
    private static readonly PostKind[] Deciding = [PostKind.Reviewer, PostKind.LeaderInCharge, PostKind.BureauDirector];

    /// <summary>Everything that is wrong: with the rows, or with the book as it would be. Empty if it may be published.</summary>
    public static IReadOnlyList<PolicyFault> All(PolicyState state, PolicyContent content, DateOnly today)
    {
        var rows = Rows(state, content, today);
        return rows.Count > 0 ? rows : Book(state, content);
    }

    /// <summary>What is wrong with the rows themselves; a draft that has such faults is not kept.</summary>
    public static IReadOnlyList<PolicyFault> Rows(PolicyState state, PolicyContent content, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(content);
        return
        [
            .. content.Figures.SelectMany(row => Figure(state, row, today)),
            .. content.Texts.SelectMany(row => Text(state, row, today)),
            .. content.Rules.SelectMany(row => Rule(state, row, today)),
            .. content.RuleEnds.SelectMany(row => End(state, row, today)),
            .. content.Calendars.SelectMany(row => Calendar(state, row, today)),
            .. content.Templates.SelectMany(row => Template(state, row, today)),
        ];
    }

    /// <summary>What is wrong with the book as it would be: gaps and overlaps of the table, wordings that name what is not there.</summary>
    public static IReadOnlyList<PolicyFault> Book(PolicyState state, PolicyContent content)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(content);
        var after = state.After(content);
        var faults = new List<PolicyFault>();
        faults.AddRange(content.Figures.Where(row => IsGap(after, row))
            .Select(row => new PolicyFault("validTo", $"“{row.Name}”自{row.ValidTo!.Value.AddDays(1):yyyy-MM-dd}起没有生效的规定，请同时写明以后的规定，或不写截止日期。")));
        foreach (var row in content.Texts)
        {
            try
            {
                foreach (var key in after.Texts.Where(t => t.Key == row.Key || t.Text.Contains($"{{{{{row.Key}}}}}", StringComparison.Ordinal)).Select(t => t.Key).Distinct(StringComparer.Ordinal))
                {
                    after.Book.Text(key, row.ValidFrom);
                }
            }
            catch (RefusedException missing)
            {
                faults.Add(new PolicyFault("text", missing.Refusal.Message));
            }
        }

        try
        {
            faults.AddRange(AuthorityTableCheck.Faults(after.Rules, after.Book).Select(fault => new PolicyFault("", fault)));
        }
        catch (RefusedException missing)
        {
            faults.Add(new PolicyFault("conditions", missing.Refusal.Message));
        }

        return faults;
    }

    private static IEnumerable<PolicyFault> Figure(PolicyState state, FigureRow row, DateOnly today)
    {
        var known = state.Figures.Where(f => f.Key == row.Key).ToList();
        if (known.Count > 0 && known[0].Unit != row.Unit)
        {
            yield return new PolicyFault("value", $"“{row.Key}”的单位是{known[0].Unit}，不能改为{row.Unit}。");
        }

        if (known.Count > 0 && known.All(f => f.AreaType is null) != row.Area is null)
        {
            yield return new PolicyFault("area", row.Area is null ? "这个参数按城市、农村分别规定，请选择其一。" : "这个参数不分城市、农村。");
        }

        if (!Fits(row))
        {
            yield return new PolicyFault("value", row.Unit == "switch" ? "只能是开或关。" : "数值超出可用的范围。");
        }

        if (row.Key == PolicyKeys.DibaoStandard && row.ValidFrom <= today && row.ValidFrom.Day != 1 && IsRaise(row, known))
        {
            yield return new PolicyFault("validFrom", "提高低保标准可以从已过去的月份起，但须为当月1日。");
            yield break;
        }

        foreach (var fault in Dates(row.ValidFrom, row.ValidTo, row.Source, known.Count > 0 && !IsLateRaise(row, known), today))
        {
            yield return fault;
        }

        if (known.Exists(f => f.AreaType == row.Area && f.ValidFrom == row.ValidFrom))
        {
            yield return new PolicyFault("validFrom", "这一天起已有发布的规定，请另定日期。");
        }
    }

    /// <summary>
    /// A raise of the standard is often made known after the month from which it holds (提标补发, domain K): it may begin earlier
    /// if it is higher than, and later than, all that was published. Decisions made stay; the recalculation pays the arrears.
    /// </summary>
    private static bool IsLateRaise(FigureRow row, List<PolicyFigure> known) =>
        row.Key == PolicyKeys.DibaoStandard && row.ValidFrom.Day == 1 && IsRaise(row, known);

    private static bool IsRaise(FigureRow row, List<PolicyFigure> known) =>
        known.Where(f => f.AreaType == row.Area).All(f => f.ValidFrom < row.ValidFrom && f.Value < row.Value);

    private static bool Fits(FigureRow row) => row.Unit switch
    {
        "switch" => row.Value is 0 or 1,
        "fen" => row.Value is >= 0 and <= 100_000_000_00,
        "permyriad" => row.Value is >= 0 and <= 10_000_000,
        "count" => row.Value is >= 0 and <= 100_000,
        _ => row.Value is >= 1 and <= 10_000,
    };

    private static IEnumerable<PolicyFault> Text(PolicyState state, TextRow row, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(row.Text) || row.Text.Length > LongestText)
        {
            yield return new PolicyFault("text", $"请填写内容，不超过{LongestText}字。");
        }

        foreach (var fault in Dates(row.ValidFrom, row.ValidTo, row.Source, state.Texts.Any(t => t.Key == row.Key), today))
        {
            yield return fault;
        }

        if (state.Texts.Any(t => t.Key == row.Key && t.ValidFrom == row.ValidFrom))
        {
            yield return new PolicyFault("validFrom", "这一天起已有发布的内容，请另定日期。");
        }
    }

    private static IEnumerable<PolicyFault> Rule(PolicyState state, RuleRow row, DateOnly today)
    {
        if (row.Code.Length is 0 or > 10 || !row.Code.All(char.IsAsciiLetterOrDigit))
        {
            yield return new PolicyFault("code", "编号用字母和数字，不超过10位，例如 D4。");
        }

        if (row.Priority < 1)
        {
            yield return new PolicyFault("priority", "优先顺序从1起，数小的先用。");
        }

        if (row.CaseTypes.Count == 0)
        {
            yield return new PolicyFault("caseTypes", "请写明适用的事项。");
        }

        if (string.IsNullOrWhiteSpace(row.Description))
        {
            yield return new PolicyFault("description", "请用一句话写明这条规则。");
        }

        foreach (var fault in Dates(row.ValidFrom, row.ValidTo, row.Source, state.Newest(row.Code) is not null, today).Concat(Unreadable(row)))
        {
            yield return fault;
        }

        if (state.Newest(row.Code) is { } newest && newest.ValidFrom >= row.ValidFrom)
        {
            yield return new PolicyFault("validFrom", $"{row.Code}第{newest.Version}版自{newest.ValidFrom:yyyy-MM-dd}起生效，新的一版须在其后。");
        }
    }

    private static List<PolicyFault> Unreadable(RuleRow row)
    {
        var faults = new List<PolicyFault>();
        try
        {
            AuthorityCondition.Parse(row.Conditions.GetRawText());
        }
        catch (InvalidInputException invalid)
        {
            faults.AddRange(invalid.Errors.SelectMany(e => e.Value.Select(message => new PolicyFault("conditions", $"{e.Key}：{message}"))));
        }

        try
        {
            var route = AuthorityRoute.Parse(row.Route.GetRawText());
            if (route.Approve is { } approve && (!Deciding.Contains(approve.Post) || approve.Level == OrganisationLevel.Community))
            {
                faults.Add(new PolicyFault("approve", $"{approve}不能审批；审批人只能是乡镇（街道）或区的审核人、分管领导，或局长。"));
            }

            faults.AddRange(route.Review.Append(route.Approve).OfType<RoutePost>()
                .Where(post => post is { Post: PostKind.BureauDirector, Level: not OrganisationLevel.District })
                .Select(_ => new PolicyFault("approve", "局长只在区民政局。")));
        }
        catch (InvalidInputException invalid)
        {
            faults.AddRange(invalid.Errors.SelectMany(e => e.Value.Select(message => new PolicyFault("route", message))));
        }

        return faults;
    }

    private static IEnumerable<PolicyFault> End(PolicyState state, RuleEnd row, DateOnly today)
    {
        if (state.Newest(row.Code) is not { } newest || newest.ValidTo < today)
        {
            yield return new PolicyFault("code", $"没有正在使用的规则{row.Code}。");
        }
        else if (row.LastDay < today || row.LastDay < newest.ValidFrom || newest.ValidTo <= row.LastDay)
        {
            yield return new PolicyFault("lastDay", "最后一天须在今天或以后，并且早于原定的最后一天。");
        }
    }

    private static IEnumerable<PolicyFault> Calendar(PolicyState state, CalendarRow row, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(row.Source))
        {
            yield return new PolicyFault("source", "请写明放假安排的通知。");
        }

        var listed = row.Off.Concat(row.MakeUpWork).ToList();
        if (listed.Exists(day => day.Year != row.Year))
        {
            yield return new PolicyFault("off", $"有日期不在{row.Year}年。");
            yield break;
        }

        if (listed.Count != listed.Distinct().Count())
        {
            yield return new PolicyFault("off", "有日期写了两次。");
            yield break;
        }

        if (row.MakeUpWork.Any(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)))
        {
            yield return new PolicyFault("makeUpWork", "调休上班的日子应是周六或周日。");
        }

        var after = new HolidayCalendar(row.ToDays(), [row.ToYear()]);
        if (after.WorkingDaysOf(row.Year) != row.WorkingDays)
        {
            yield return new PolicyFault("workingDays", $"按所列日期全年有{after.WorkingDaysOf(row.Year)}个工作日，与填写的{row.WorkingDays}个不符，请核对。");
        }

        var before = new HolidayCalendar(state.Days, state.Years);
        var first = new DateOnly(row.Year, 1, 1);
        var changed = Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber).Select(first.AddDays)
            .Where(day => day <= today && before.IsWorkingDay(day) != after.IsWorkingDay(day)).ToList();
        if (changed.Count > 0)
        {
            yield return new PolicyFault("off", $"已过去的日子不能改：{string.Join("、", changed.Take(5).Select(day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))}。");
        }
    }

    private static IEnumerable<PolicyFault> Template(PolicyState state, TemplateRow row, DateOnly today)
    {
        if (state.Templates.Where(t => t.Key == row.Key).MaxBy(t => t.Version) is not { } before)
        {
            yield return new PolicyFault("key", $"没有模板“{row.Key}”。");
            yield break;
        }

        if (row.ValidFrom < today || row.ValidFrom < before.ValidFrom)
        {
            yield return new PolicyFault("validFrom", "启用日期须在今天或以后，并且不早于上一版。");
        }

        if (row.Text == before.Text)
        {
            yield return new PolicyFault("text", "与现在的内容相同。");
        }

        foreach (var fault in TemplateCheck.Run(row.Key, row.Text, TemplateModel.Parse(before.ModelJson)))
        {
            yield return new PolicyFault("text", fault);
        }
    }

    private static IEnumerable<PolicyFault> Dates(DateOnly from, DateOnly? to, string source, bool known, DateOnly today)
    {
        if (known && from <= today)
        {
            yield return new PolicyFault("validFrom", $"生效日期须在今天（{today:yyyy-MM-dd}）以后：已经过去的不能改。");
        }

        if (to < from)
        {
            yield return new PolicyFault("validTo", "截止日期早于生效日期。");
        }

        if (string.IsNullOrWhiteSpace(source))
        {
            yield return new PolicyFault("source", "请写明依据的文件。");
        }
    }

    private static bool IsGap(PolicyState after, FigureRow row) =>
        row.ValidTo is { } to && after.Book.Find(row.Key, to.AddDays(1), row.Area) is null;
}
