using CaseFlow.Cases.Audit;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Protection;
using CaseFlow.Persistence.Sql;

namespace CaseFlow.Persistence.Integrity;

/// <summary>Every value of every encrypted column of the model can be decrypted: its tag fits, its key is there, it stands in its own column.</summary>
internal sealed class EncryptedIsReadable : IIntegrityRule
{
    /// <summary>Name of the rule in findings.</summary>
    public const string Rule = "unreadable";

    /// <inheritdoc/>
    public string Counts => "encrypted values";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var table in EncryptedColumn.Of(db).GroupBy(c => c.Table, StringComparer.Ordinal))
        {
            var columns = table.ToList();
            var broken = new HashSet<int>();
            await foreach (var (key, values) in EncryptedSql.ReadAsync(db, columns, cancellationToken))
            {
                for (var i = 0; i < values.Length; i++)
                {
                    count += values[i] is null ? 0 : 1;
                    if (values[i] is { } stored && !columns[i].Text.CanRead(stored) && broken.Add(i))
                    {
                        findings.Add(new IntegrityFinding(Rule, $"{table.Key}.{columns[i].Name} {key}", "The value is damaged, or its key is missing: it cannot be decrypted."));
                    }
                }
            }
        }

        return count;
    }
}
