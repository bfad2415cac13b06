using System.Security.Cryptography;
using System.Text;
using CaseFlow.Cases.People;

namespace CaseFlow.Persistence.Protection;

/// <summary>HMAC-SHA256 over the normalised value with the kind of value in front, as lower-case hex.</summary>
internal sealed class BlindIndex(KeyRing ring) : IBlindIndex
{
    /// <inheritdoc/>
    public string OfIdNumber(string idNumber) =>
        Hash("id", string.Concat(idNumber.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant());

    /// <inheritdoc/>
    public string OfPhone(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        return Hash("phone", digits.Length == 13 && digits.StartsWith("86", StringComparison.Ordinal) ? digits[2..] : digits);
    }

    /// <inheritdoc/>
    public string OfBankAccount(string account) => Hash("account", string.Concat(account.Where(char.IsAsciiDigit)));

    private string Hash(string kind, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(ring.IndexKey, Encoding.UTF8.GetBytes($"{kind}:{value}")));
}
