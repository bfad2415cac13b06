using System.Security.Claims;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.AspNetCore.Identity;

namespace CaseFlow.Server.SignIn;

/// <summary>What a cookie or a token carries: which account, and the stamp that must still be its own. No name, no post, no right.</summary>
internal sealed class AccountPrincipal : IUserClaimsPrincipalFactory<Account>
{
    /// <summary>Claim of the security stamp.</summary>
    public const string StampClaim = "stamp";

    /// <summary>Claim of the account.</summary>
    public const string AccountClaim = "sub";

    /// <inheritdoc/>
    public Task<ClaimsPrincipal> CreateAsync(Account user) =>
        Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(Claims(user), IdentityConstants.ApplicationScheme, AccountClaim, null)));

    /// <summary>The claims of an account.</summary>
    public static IEnumerable<Claim> Claims(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return [new Claim(AccountClaim, account.Id.ToString()), new Claim(StampClaim, account.SecurityStamp)];
    }

    /// <summary>The account that a principal names, or null.</summary>
    public static Id<Account>? AccountOf(ClaimsPrincipal principal) =>
        Id<Account>.TryParse(principal.FindFirst(AccountClaim)?.Value, out var id) ? id : null;
}
