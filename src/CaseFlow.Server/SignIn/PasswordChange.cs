using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.SignIn;

/// <summary>Sets a new password that the rules allow; all other sessions of the person end.</summary>
internal sealed class PasswordChange(UserManager<Account> users, IStringLocalizer texts)
{
    /// <summary>Least length; length protects, rules about kinds of characters do not.</summary>
    public const int LeastLength = 10;

    /// <summary>Sets the password of an account.</summary>
    /// <returns>The account with its new stamp, or null with the reasons in <paramref name="errors"/>.</returns>
    public async Task<Account?> SetAsync(Account account, string? password, string? repeated, FormErrors errors)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(errors);
        if (Problem(account, password) is { } problem)
        {
            errors.Add("Input.Password", texts["Password.New"], problem);
            return null;
        }

        if (password != repeated)
        {
            errors.Add("Input.Repeated", texts["Password.Repeat"], texts["Password.Differs"]);
            return null;
        }

        account.MustChangePassword = false;
        account.AccessFailedCount = 0;
        account.LockoutEnd = null;
        account.PasswordHash = users.PasswordHasher.HashPassword(account, password!);
        var result = await users.UpdateSecurityStampAsync(account);
        if (!result.Succeeded)
        {
            errors.Add("Input.Password", texts["Password.New"], texts["Password.Conflict"]);
            return null;
        }

        return account;
    }

    /// <summary>What is wrong with a new password; null if nothing.</summary>
    internal string? Problem(Account account, string? password) => password switch
    {
        null or "" => texts["Password.Missing"].Value,
        { Length: < LeastLength } => texts["Password.TooShort", LeastLength].Value,
        { Length: > 200 } => texts["Password.TooLong"].Value,
        _ when password.Distinct().Count() < 4 => texts["Password.TooSimple"].Value,
        _ when IsSequence(password) || Common.Any(c => password.Contains(c, StringComparison.OrdinalIgnoreCase)) => texts["Password.TooCommon"].Value,
        _ when account.DisplayName.Length > 1 && password.Contains(account.DisplayName, StringComparison.OrdinalIgnoreCase) => texts["Password.HasName"].Value,
        _ when password.Contains(account.UserName, StringComparison.OrdinalIgnoreCase) => texts["Password.HasName"].Value,
        _ => null,
    };

    /// <summary>What is tried first; each is refused wherever it stands.</summary>
    private static readonly string[] Common = ["password", "123456", "qwerty", "asdfgh", "qazwsx", "111111", "000000", "iloveyou", "woaini"];

    /// <summary>Runs such as 9876543210 or abcdefghij: each character follows the one before, up or down.</summary>
    private static bool IsSequence(string text) => new[] { 1, -1 }.Any(step => text.Zip(text.Skip(1)).Count(p => p.Second - p.First == step) >= text.Length * 2 / 3);
}
