using System.Globalization;

namespace CaseFlow.Cases.Kernel;

/// <summary>A calendar month, the period of every regular benefit. Stored as <c>year * 12 + month - 1</c>.</summary>
/// <param name="Number">Months since year 0.</param>
public readonly record struct Month(int Number) : IComparable<Month>
{
    /// <summary>The month of a year (1 to 12).</summary>
    public static Month Of(int year, int month) => new((year * 12) + month - 1);

    /// <summary>The month in which a day lies.</summary>
    public static Month Of(DateOnly day) => Of(day.Year, day.Month);

    /// <summary>The year.</summary>
    public int Year => Number / 12;

    /// <summary>The month within the year, 1 to 12.</summary>
    public int MonthOfYear => (Number % 12) + 1;

    /// <summary>The first day.</summary>
    public DateOnly FirstDay => new(Year, MonthOfYear, 1);

    /// <summary>The last day.</summary>
    public DateOnly LastDay => FirstDay.AddMonths(1).AddDays(-1);

    /// <summary>The month that comes <paramref name="months"/> later (earlier if negative).</summary>
    public Month Plus(int months) => new(Number + months);

    /// <inheritdoc/>
    public int CompareTo(Month other) => Number.CompareTo(other.Number);

    /// <summary>Reads <c>2026-07</c>.</summary>
    /// <exception cref="FormatException">The text is no month.</exception>
    public static Month Parse(string text) => Of(DateOnly.ParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>The month as <c>2026-07</c>.</summary>
    public override string ToString() => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Month left, Month right) => left.Number < right.Number;

    /// <summary>Later than.</summary>
    public static bool operator >(Month left, Month right) => left.Number > right.Number;

    /// <summary>Not later than.</summary>
    public static bool operator <=(Month left, Month right) => left.Number <= right.Number;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(Month left, Month right) => left.Number >= right.Number;
}
