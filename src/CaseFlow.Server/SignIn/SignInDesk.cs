using System.Collections.Concurrent;
using CaseFlow.Cases.Organisation;
using Microsoft.AspNetCore.Identity;

namespace CaseFlow.Server.SignIn;

/// <summary>
/// Checks names and passwords. The answer never tells whether an account exists: an unknown name costs the same time and is
/// locked after the same number of attempts as a known one.
/// </summary>
internal sealed class SignInDesk(UserManager<Account> users, AccountStore store, UnknownNames unknown, TimeProvider time)
{
    /// <summary>After so many failures in a row there is a waiting time.</summary>
    public const int MostFailures = 5;

    /// <summary>The waiting time.</summary>
    public static readonly TimeSpan WaitingTime = TimeSpan.FromMinutes(5);

    /// <summary>Checks a name and a password.</summary>
    public async Task<SignInAnswer> CheckAsync(string userName, string password, CancellationToken cancellationToken)
    {
        var account = await users.FindByNameAsync(userName);
        if (account is null || account.Disabled || account.PasswordHash is null)
        {
            // Costs what a real check costs.
            users.PasswordHasher.VerifyHashedPassword(new Account(), UnknownNames.SomeHash, password);
            return Refused(unknown.Fail(users.NormalizeName(userName) ?? ""));
        }

        if (account.LockoutEnd is { } end && end > time.GetUtcNow())
        {
            return SignInAnswer.Wait(end - time.GetUtcNow());
        }

        if (!await users.CheckPasswordAsync(account, password))
        {
            return Refused(await store.FailAsync(account.Id, MostFailures, WaitingTime, cancellationToken));
        }

        if (account.AccessFailedCount > 0 || account.LockoutEnd is not null)
        {
            (account.AccessFailedCount, account.LockoutEnd) = (0, null);
            await users.UpdateAsync(account);
        }

        return SignInAnswer.Good(account);
    }

    private static SignInAnswer Refused(TimeSpan? wait) => wait is { } time ? SignInAnswer.Wait(time) : SignInAnswer.Wrong;
}

/// <summary>What came of a sign-in.</summary>
/// <param name="Account">The account, if name and password were right.</param>
/// <param name="WaitFor">How long no attempt counts; null if the person may try again at once.</param>
internal sealed record SignInAnswer(Account? Account, TimeSpan? WaitFor)
{
    /// <summary>Name or password is wrong.</summary>
    public static SignInAnswer Wrong { get; } = new(null, null);

    /// <summary>Both are right.</summary>
    public static SignInAnswer Good(Account account) => new(account, null);

    /// <summary>Too many attempts.</summary>
    public static SignInAnswer Wait(TimeSpan time) => new(null, time > TimeSpan.Zero ? time : TimeSpan.FromSeconds(1));

    /// <summary>Whole minutes to wait, at least one.</summary>
    public int Minutes => Math.Max(1, (int)Math.Ceiling((WaitFor ?? TimeSpan.Zero).TotalMinutes));
}

/// <summary>Failed attempts at names that no account has, so that they answer like names that one has.</summary>
internal sealed class UnknownNames(TimeProvider time)
{
    private const int MostNames = 10_000;
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset? Until)> failures = new(StringComparer.Ordinal);

    /// <summary>A hash of a password that nobody knows.</summary>
    public static string SomeHash { get; } = new PasswordHasher<Account>().HashPassword(new Account(), Guid.NewGuid().ToString());

    /// <summary>Counts a failure; says how long to wait if there were too many.</summary>
    public TimeSpan? Fail(string name)
    {
        if (failures.Count > MostNames)
        {
            failures.Clear();
        }

        var now = time.GetUtcNow();
        var entry = failures.AddOrUpdate(name, _ => (1, null), (_, old) => Next(old, now));
        return entry.Until > now ? entry.Until - now : null;
    }

    private static (int Count, DateTimeOffset? Until) Next((int Count, DateTimeOffset? Until) old, DateTimeOffset now) => old switch
    {
        { Until: { } until } when until > now => old,
        { Until: not null } => (1, null),
        _ when old.Count + 1 >= SignInDesk.MostFailures => (0, now + SignInDesk.WaitingTime),
        _ => (old.Count + 1, null),
    };
}
