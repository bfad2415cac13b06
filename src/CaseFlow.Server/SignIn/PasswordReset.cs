using System.Security.Cryptography;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.AspNetCore.Identity;

namespace CaseFlow.Server.SignIn;

/// <summary>
/// An administrator resets somebody's password: the old one and all sessions end at once, and the administrator hands over a
/// one-time link. The administrator never knows the new password.
/// </summary>
internal sealed class PasswordReset(OrganisationService organisation, PasswordLinks links, IPasswordHasher<Account> hasher)
{
    /// <summary>Resets; returns the path of the one-time link.</summary>
    /// <exception cref="RefusedException">The actor is no administrator, or there is no such account.</exception>
    public async Task<string> ResetAsync(Actor actor, Id<Account> account, CancellationToken cancellationToken)
    {
        var nobodyKnows = hasher.HashPassword(new Account(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return links.PathFor(await organisation.ResetPasswordAsync(actor, account, nobodyKnows, cancellationToken));
    }
}
