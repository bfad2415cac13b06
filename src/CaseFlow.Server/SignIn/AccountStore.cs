using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.SignIn;

/// <summary>
/// ASP.NET Core Identity's view of our accounts. Reading takes no lock; each write is a step of its own that changes only
/// what belongs to sign-in. Accounts themselves are opened and closed by the administration, not here.
/// </summary>
internal sealed class AccountStore(IUnitOfWork work, IStepRunner steps, TimeProvider time) : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>
{
    /// <inheritdoc/>
    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Id<Account>.TryParse(userId, out var id)
            ? work.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancellationToken)
            : Task.FromResult<Account?>(null);

    /// <inheritdoc/>
    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        work.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.NormalizedUserName == normalizedUserName, cancellationToken);

    /// <inheritdoc/>
    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        var revision = await steps.RunAsync(
            new Step("account.sign-in", Actor.System("sign-in")),
            async (services, token) =>
            {
                var row = await RowAsync(services, user.Id, token);
                if (row is null || row.Revision != user.Revision)
                {
                    return (int?)null;
                }

                (row.PasswordHash, row.SecurityStamp, row.MustChangePassword) = (user.PasswordHash, user.SecurityStamp, user.MustChangePassword);
                (row.AccessFailedCount, row.LockoutEnd) = (user.AccessFailedCount, user.LockoutEnd);
                await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(token);
                return row.Revision;
            },
            cancellationToken);
        if (revision is not { } saved)
        {
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        }

        user.Revision = saved;
        return IdentityResult.Success;
    }

    /// <summary>
    /// Counts a failed sign-in; at <paramref name="most"/> in a row the account waits. Counted in the database, so that many
    /// attempts at once count as many.
    /// </summary>
    /// <returns>How long to wait; null if the next attempt may follow at once.</returns>
    public Task<TimeSpan?> FailAsync(Id<Account> id, int most, TimeSpan waiting, CancellationToken cancellationToken) => steps.RunAsync<TimeSpan?>(
        new Step("account.sign-in-failed", Actor.System("sign-in")),
        async (services, token) =>
        {
            var row = await RowAsync(services, id, token);
            if (row is null)
            {
                return null;
            }

            row.AccessFailedCount++;
            if (row.AccessFailedCount < most)
            {
                return null;
            }

            (row.AccessFailedCount, row.LockoutEnd) = (0, time.GetUtcNow() + waiting);
            return waiting;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts are opened by OrganisationService, so that the audit knows who did it.");

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts are closed, never deleted.");

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    /// <inheritdoc/>
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken)
    {
        user.UserName = userName ?? "";
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedUserName);

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken)
    {
        user.NormalizedUserName = normalizedName ?? "";
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    /// <inheritdoc/>
    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    /// <inheritdoc/>
    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The unit of work belongs to the request.
    }

    private static Task<Account?> RowAsync(IServiceProvider services, Id<Account> id, CancellationToken cancellationToken) =>
        services.GetRequiredService<IUnitOfWork>().Set<Account>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
}
