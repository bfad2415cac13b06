using System.Globalization;

namespace CaseFlow.Cases.Kernel;

/// <summary>
/// An exact amount in yuan, kept as whole fen (1 yuan = 100 fen). It never rounds by itself: only a rule that says so
/// may call <see cref="CeilToYuan"/>. Arithmetic is checked and throws <see cref="OverflowException"/>.
/// </summary>
/// <param name="Fen">The amount in fen; may be negative.</param>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    /// <summary>No money.</summary>
    public static Money Zero => default;

    /// <summary>An amount of whole yuan.</summary>
    public static Money FromYuan(long yuan) => new(checked(yuan * 100));

    /// <summary>An amount in yuan that has at most two decimals.</summary>
    /// <exception cref="ArgumentException">The amount has parts of a fen.</exception>
    public static Money FromYuan(decimal yuan)
    {
        var fen = yuan * 100m;
        return fen == decimal.Truncate(fen)
            ? new Money(decimal.ToInt64(fen))
            : throw new ArgumentException($"{yuan} yuan has parts of a fen.", nameof(yuan));
    }

    /// <summary>The same amount in yuan.</summary>
    public decimal Yuan => Fen / 100m;

    /// <summary>Rounds up to whole yuan (见角进元), the rounding of the dibao amount; once per household, never per head.</summary>
    public Money CeilToYuan() => new(checked((long)Math.Ceiling(Fen / 100m) * 100));

    /// <inheritdoc/>
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>The amount with two decimals, no grouping: <c>1440.00</c>.</summary>
    public override string ToString() => Yuan.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Adds.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));

    /// <summary>Subtracts.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));

    /// <summary>Negates.</summary>
    public static Money operator -(Money value) => new(checked(-value.Fen));

    /// <summary>Multiplies by a whole number.</summary>
    public static Money operator *(Money left, long factor) => new(checked(left.Fen * factor));

    /// <summary>Less than.</summary>
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    /// <summary>Greater than.</summary>
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;
}
