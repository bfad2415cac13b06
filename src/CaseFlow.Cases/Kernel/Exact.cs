using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace CaseFlow.Cases.Kernel;

/// <summary>
/// An exact number of fen as a fraction. Sums of twelve months, rates and shares keep their parts of a fen in it until a
/// rule rounds, once: see <see cref="CeilToYuan"/>. Comparisons are exact.
/// </summary>
public readonly struct Exact : IEquatable<Exact>, IComparable<Exact>
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominatorLessOne;

    private Exact(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        _numerator = numerator / divisor;
        _denominatorLessOne = (denominator / divisor) - 1;
    }

    /// <summary>Nothing.</summary>
    public static Exact Zero => default;

    private BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>An amount of money.</summary>
    public static implicit operator Exact(Money money) => new(money.Fen, 1);

    /// <summary>The amount <paramref name="money"/>, as a fraction.</summary>
    public static Exact Of(Money money) => money;

    /// <summary>A quotient of two whole numbers.</summary>
    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static Exact Ratio(BigInteger dividend, BigInteger divisor) => divisor.Sign switch
    {
        0 => throw new DivideByZeroException(),
        < 0 => new Exact(-dividend, -divisor),
        _ => new Exact(dividend, divisor),
    };

    /// <summary>The part of it that a rate in parts per ten thousand says.</summary>
    public Exact Permyriad(long rate) => Ratio(_numerator * rate, Denominator * 10_000);

    /// <summary>The larger of two.</summary>
    public static Exact Max(Exact left, Exact right) => left < right ? right : left;

    /// <summary>Rounds up to whole yuan (见角进元): the one rounding of a household's amount.</summary>
    public Money CeilToYuan() => Money.FromYuan(checked((long)Ceiling(_numerator, Denominator * 100)));

    /// <summary>Rounds half up to whole fen, for display and for what must be stored as money.</summary>
    public Money RoundToFen() => new(checked((long)Floor((_numerator * 2) + Denominator, Denominator * 2)));

    /// <summary>Whether it is a whole number of fen.</summary>
    [JsonIgnore]
    public bool IsWholeFen => Denominator.IsOne;

    /// <inheritdoc/>
    public int CompareTo(Exact other) => (_numerator * other.Denominator).CompareTo(other._numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Exact other) => _numerator == other._numerator && _denominatorLessOne == other._denominatorLessOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Exact other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_numerator, _denominatorLessOne);

    /// <summary>Yuan with two decimals and thousands separators; a leading ≈ where parts of a fen are not shown.</summary>
    public override string ToString() =>
        (IsWholeFen ? "" : "≈") + RoundToFen().Yuan.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>Adds.</summary>
    public static Exact operator +(Exact left, Exact right) =>
        new((left._numerator * right.Denominator) + (right._numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>Subtracts.</summary>
    public static Exact operator -(Exact left, Exact right) => left + -right;

    /// <summary>Negates.</summary>
    public static Exact operator -(Exact value) => new(-value._numerator, value.Denominator);

    /// <summary>Multiplies by a whole number.</summary>
    public static Exact operator *(Exact left, long factor) => new(left._numerator * factor, left.Denominator);

    /// <summary>Divides by a whole number other than 0.</summary>
    public static Exact operator /(Exact left, long divisor) => Ratio(left._numerator, left.Denominator * divisor);

    /// <summary>Less than.</summary>
    public static bool operator <(Exact left, Exact right) => left.CompareTo(right) < 0;

    /// <summary>Greater than.</summary>
    public static bool operator >(Exact left, Exact right) => left.CompareTo(right) > 0;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Exact left, Exact right) => left.CompareTo(right) <= 0;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Exact left, Exact right) => left.CompareTo(right) >= 0;

    /// <summary>Equal.</summary>
    public static bool operator ==(Exact left, Exact right) => left.Equals(right);

    /// <summary>Not equal.</summary>
    public static bool operator !=(Exact left, Exact right) => !left.Equals(right);

    private static BigInteger Ceiling(BigInteger dividend, BigInteger divisor) => -Floor(-dividend, divisor);

    private static BigInteger Floor(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
