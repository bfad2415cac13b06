namespace CaseFlow.Cases.People;

/// <summary>How identity data are shown where the clear form is not needed (PIPL: minimum necessary).</summary>
public static class Masking
{
    /// <summary><c>2205**********0026</c>; a shorter text is masked whole.</summary>
    public static string IdNumber(string? value) => Middle(value, 4, 4);

    /// <summary><c>138****6102</c>; a shorter text is masked whole.</summary>
    public static string Phone(string? value) => Middle(value, 3, 4);

    /// <summary>Account numbers show the last four digits.</summary>
    public static string BankAccount(string? value) => Middle(value, 0, 4);

    /// <summary>Names as the web shows them: 张*国, 王*; of names with more than three characters only the first and the last stay.</summary>
    public static string Name(string? value)
    {
        var runes = (value ?? "").EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        return runes.Length switch
        {
            0 => "",
            1 => "*",
            2 => runes[0] + "*",
            _ => runes[0] + new string('*', runes.Length - 2) + runes[^1],
        };
    }

    private static string Middle(string? value, int first, int last)
    {
        var text = value ?? "";
        return text.Length <= first + last
            ? new string('*', text.Length)
            : string.Concat(text.AsSpan(0, first), new string('*', text.Length - first - last), text.AsSpan(text.Length - last));
    }
}
