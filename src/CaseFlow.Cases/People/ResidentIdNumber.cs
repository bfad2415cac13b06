using System.Globalization;

namespace CaseFlow.Cases.People;

/// <summary>The 18-character resident identity number (GB 11643-1999): area, day of birth, order, check character.</summary>
public sealed record ResidentIdNumber
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private ResidentIdNumber(string value, DateOnly birthDate)
    {
        Value = value;
        BirthDate = birthDate;
    }

    /// <summary>The number, with a capital X.</summary>
    public string Value { get; }

    /// <summary>Day of birth.</summary>
    public DateOnly BirthDate { get; }

    /// <summary>Gender: digit 17 is odd for men.</summary>
    public Gender Gender => (Value[16] - '0') % 2 == 1 ? Gender.Male : Gender.Female;

    /// <summary>Six-digit code of the area where it was first given out.</summary>
    public string AreaCode => Value[..6];

    /// <summary>Reads a number; blanks around it and a small x are tolerated.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="number">The number, if it is one.</param>
    /// <param name="error">What is wrong with it, in Chinese; null if nothing.</param>
    public static bool TryParse(string? text, out ResidentIdNumber? number, out string? error)
    {
        number = null;
        var value = (text ?? "").Trim().ToUpperInvariant();
        error = Check(value, out var birthDate);
        number = error is null ? new ResidentIdNumber(value, birthDate) : null;
        return number is not null;
    }

    /// <summary>Whether the text is a valid number.</summary>
    public static bool IsValid(string? text) => TryParse(text, out _, out _);

    /// <summary>The check character of the first 17 digits (ISO 7064, MOD 11-2).</summary>
    public static char CheckCharacter(string first17)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first17.Length, 17);
        var sum = Weights.Select((weight, index) => weight * (first17[index] - '0')).Sum();
        return "10X98765432"[sum % 11];
    }

    /// <summary>The masked form.</summary>
    public override string ToString() => Masking.IdNumber(Value);

    private static string? Check(string value, out DateOnly birthDate)
    {
        birthDate = default;
        if (value.Length != 18 || !value[..17].All(char.IsAsciiDigit) || !(char.IsAsciiDigit(value[17]) || value[17] == 'X'))
        {
            return "身份证号应为18位：前17位是数字，末位是数字或X。";
        }

        if (!DateOnly.TryParseExact(value[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out birthDate))
        {
            return "身份证号第7至14位不是有效的出生日期。";
        }

        return CheckCharacter(value) == value[17] ? null : "身份证号校验位不符，请核对是否输错。";
    }
}
