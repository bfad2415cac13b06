using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Organisation;

/// <summary>
/// Six digits that prove who reads a mail box. Only their hash is kept, encrypted among the account's drafts; a code ends
/// with its time, its use, or too many wrong entries, by the machine's clock. Acts in the current step.
/// </summary>
internal sealed class OneTimeCodes(IUnitOfWork work, TimeProvider machine)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Makes a code; an earlier one of the same purpose is over.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="purpose">What it proves.</param>
    /// <param name="subject">What is given back when it comes back right.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<string> IssueAsync(Id<Account> account, string purpose, string? subject, CancellationToken cancellationToken)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var row = await RowAsync(account, purpose, cancellationToken);
        if (row is null)
        {
            row = new FormDraft { AccountId = account, Purpose = Purpose(purpose) };
            work.Set<FormDraft>().Add(row);
        }

        row.SavedAt = machine.GetUtcNow();
        row.ProtectedJson = new JsonObject { ["hash"] = Hash(account, purpose, code), ["subject"] = subject, ["tries"] = 0 }.ToJsonString();
        return code;
    }

    /// <summary>Whether a code is out and still good.</summary>
    public async Task<bool> IsOpenAsync(Id<Account> account, string purpose, CancellationToken cancellationToken) =>
        await RowAsync(account, purpose, cancellationToken) is { } row && machine.GetUtcNow() - row.SavedAt < CitizenAccounts.CodeLifetime;

    /// <summary>Whether one was sent just now: another has to wait.</summary>
    public async Task<bool> IsFreshAsync(Id<Account> account, string purpose, CancellationToken cancellationToken) =>
        await RowAsync(account, purpose, cancellationToken) is { } row && machine.GetUtcNow() - row.SavedAt < Fresh;

    /// <summary>Takes an entered code. A wrong entry is counted, so the caller has to commit it.</summary>
    public async Task<(CodeResult Result, string? Subject)> TakeAsync(Id<Account> account, string purpose, string code, CancellationToken cancellationToken)
    {
        if (await RowAsync(account, purpose, cancellationToken) is not { } row || !await IsOpenAsync(account, purpose, cancellationToken))
        {
            return (CodeResult.Over, null);
        }

        var kept = CaseJson.ReadObject(row.ProtectedJson);
        var tries = kept["tries"]!.GetValue<int>();
        if (tries >= CitizenAccounts.MostTries)
        {
            return (CodeResult.Over, null);
        }

        var given = Encoding.ASCII.GetBytes(Hash(account, purpose, code.Trim()));
        if (!CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(kept.Text("hash")!)))
        {
            kept["tries"] = tries + 1;
            row.ProtectedJson = kept.ToJsonString();
            return (CodeResult.Wrong, null);
        }

        work.Set<FormDraft>().Remove(row);
        return (CodeResult.Good, kept.Text("subject"));
    }

    private static string Purpose(string purpose) => $"code:{purpose}";

    private static string Hash(Id<Account> account, string purpose, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}|{purpose}|{code}")));

    private Task<FormDraft?> RowAsync(Id<Account> account, string purpose, CancellationToken cancellationToken)
    {
        var key = Purpose(purpose);
        return work.Set<FormDraft>().FirstOrDefaultAsync(d => d.AccountId == account && d.Purpose == key, cancellationToken);
    }
}
