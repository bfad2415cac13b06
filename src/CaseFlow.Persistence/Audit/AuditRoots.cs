using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Steps;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Audit;

/// <summary>
/// Makes the root over all chains of the last full day of the business clock, and writes it also to a file: who changes the
/// database afterwards, chains and all, no longer fits the file.
/// </summary>
internal sealed class AuditRoots(Transactions transactions, CaseFlowPersistenceOptions options, IBusinessClock clock, TimeProvider time)
    : IDueWork
{
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(10);
    private DateOnly done;

    /// <inheritdoc/>
    public string Name => "audit-root";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var day = BusinessTime.DayOf(clock.Now - AfterMidnight).AddDays(-1);
        if (day <= done)
        {
            return 0;
        }

        var root = await transactions.RunAsync("audit root", (db, stop) => MakeAsync(db, day, stop), cancellationToken);
        done = day;
        if (root is null)
        {
            return 0;
        }

        await WriteAsync(root, cancellationToken);
        return 1;
    }

    /// <summary>The root of a day, computed from the entries.</summary>
    public static async Task<(int Chains, byte[] Root)> ComputeAsync(CaseFlowDbContext db, DateOnly day, DateTimeOffset madeAt, CancellationToken cancellationToken)
    {
        var heads = await AuditSql.HeadsAsync(db, BusinessTime.StartOf(day.AddDays(1)), cancellationToken);
        heads.AddRange(await AuditSql.AccessHeadsAsync(db, BusinessTime.DayOf(madeAt), cancellationToken));
        heads.Sort((left, right) => string.CompareOrdinal(left.Chain, right.Chain));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (chain, sequence, head) in heads)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{chain}|{sequence}|{Convert.ToHexStringLower(head)}\n")));
        }

        return (heads.Count, hash.GetHashAndReset());
    }

    private async Task<AuditRoot?> MakeAsync(CaseFlowDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        if (await db.Set<AuditRoot>().AnyAsync(r => r.Day >= day, cancellationToken))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (chains, root) = await ComputeAsync(db, day, now, cancellationToken);
        return chains == 0 ? null : db.Set<AuditRoot>().Add(new AuditRoot { Day = day, Chains = chains, Root = root, At = now }).Entity;
    }

    private async Task WriteAsync(AuditRoot root, CancellationToken cancellationToken)
    {
        if (options.AuditRootFile is { } file)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var line = string.Create(CultureInfo.InvariantCulture, $"{root.Day:yyyy-MM-dd} {root.Chains} {Convert.ToHexStringLower(root.Root)} {root.At.UtcDateTime:O}\n");
            await File.AppendAllTextAsync(file, line, cancellationToken);
        }
    }
}
