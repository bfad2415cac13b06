namespace CaseFlow.Cases.Organisation;

/// <summary>
/// 统一社会信用代码 (GB 32100-2015): 18 characters; the ninth to the seventeenth are the subject's own code (GB 11714) with a
/// check character, the eighteenth checks the whole. Codes come from an assigned block; we only check.
/// </summary>
public static class SocialCreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] SubjectWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>What is wrong with the code, in Chinese; null if nothing.</summary>
    public static string? Check(string? text)
    {
        var code = (text ?? "").Trim().ToUpperInvariant();
        if (code.Length != 18)
        {
            return "统一社会信用代码应为18位。";
        }

        if (code.Any(character => !Alphabet.Contains(character, StringComparison.Ordinal)))
        {
            return "统一社会信用代码只含数字和大写字母，不含 I、O、S、V、Z。";
        }

        if (SubjectCheck(code[8..16]) != code[16])
        {
            return "主体标识码（第9至17位）校验位不符。";
        }

        return WholeCheck(code) == code[17] ? null : "统一社会信用代码校验位不符。";
    }

    /// <summary>Whether the code is valid.</summary>
    public static bool IsValid(string? text) => Check(text) is null;

    private static char SubjectCheck(string first8)
    {
        var sum = first8.Select((character, index) => SubjectWeights[index] * SubjectValue(character)).Sum();
        return (11 - (sum % 11)) switch
        {
            10 => 'X',
            11 => '0',
            var value => (char)('0' + value),
        };
    }

    private static int SubjectValue(char character) =>
        char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;

    private static char WholeCheck(string code)
    {
        var sum = 0;
        var weight = 1;
        for (var index = 0; index < 17; index++)
        {
            sum += weight * Alphabet.IndexOf(code[index], StringComparison.Ordinal);
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
