using System.Globalization;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Components;

/// <summary>How dates, times and amounts are written on screens, in Chinese and English.</summary>
internal static class Show
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    /// <summary>An amount with two decimals and thousands commas, minus as −: <c>1,440.00</c>.</summary>
    public static string Amount(Money amount)
    {
        var text = Math.Abs(amount.Yuan).ToString("#,##0.00", CultureInfo.InvariantCulture);
        return amount.Fen < 0 ? "−" + text : text;
    }

    /// <summary>A day in a table: <c>10-21</c>, with the year where it is not <paramref name="today"/>'s.</summary>
    public static string Day(DateOnly day, DateOnly today) =>
        day.ToString(day.Year == today.Year ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment in a table, in Shanghai: <c>10-21 09:40</c>, with the year where it is not <paramref name="today"/>'s.</summary>
    public static string Moment(DateTimeOffset moment, DateOnly today)
    {
        var local = moment.ToOffset(Shanghai);
        return local.ToString(local.Year == today.Year ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>A day in prose: <c>2021年10月21日（周四）</c>, or <c>Thu 21 October 2021</c>.</summary>
    public static string LongDate(DateOnly day) => IsEnglish
        ? day.ToString("ddd d MMMM yyyy", CultureInfo.InvariantCulture)
        : $"{day.Year}年{day.Month}月{day.Day}日（{Weekday(day)}）";

    /// <summary>A day in prose without the year where it is <paramref name="today"/>'s: <c>10月26日（周二）</c>.</summary>
    public static string Date(DateOnly day, DateOnly today) => day.Year != today.Year
        ? LongDate(day)
        : IsEnglish
            ? day.ToString("ddd d MMMM", CultureInfo.InvariantCulture)
            : $"{day.Month}月{day.Day}日（{Weekday(day)}）";

    private static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    private static string Weekday(DateOnly day) => "周" + "日一二三四五六"[(int)day.DayOfWeek];
}
