using System.Security.Cryptography;
using CaseFlow.Cases.Organisation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace CaseFlow.Server.SignIn;

/// <summary>
/// One-time links by which a person sets a password: the first administrator's, and after a reset. A link is good for a day
/// and until it has been used, because using it changes the account's stamp.
/// </summary>
internal sealed class PasswordLinks(IDataProtectionProvider protection, UserManager<Account> users)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("CaseFlow.PasswordLink").ToTimeLimitedDataProtector();

    /// <summary>The path of a link for an account as it stands now.</summary>
    public string PathFor(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return "/account/first/" + protector.Protect($"{account.Id}|{account.SecurityStamp}", Lifetime);
    }

    /// <summary>The account of a link, or null where the link is used, too old or not ours.</summary>
    public async Task<Account?> ReadAsync(string token)
    {
        try
        {
            var parts = protector.Unprotect(token).Split('|');
            var account = await users.FindByIdAsync(parts[0]);
            return account is { Disabled: false } && account.SecurityStamp == parts[1] ? account : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
