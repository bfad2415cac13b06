using System.Security.Cryptography;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Integrity;

/// <summary>Runs all rules on one snapshot of the database, beside the running servers.</summary>
internal sealed class IntegrityCheck(IServiceScopeFactory scopes, IEnumerable<IIntegrityRule> rules) : IIntegrityCheck
{
    /// <inheritdoc/>
    public Task<IntegrityReport> RunAsync(CancellationToken cancellationToken) => RunAsync(rules, cancellationToken);

    /// <inheritdoc/>
    public Task<IntegrityReport> RunChainsAsync(CancellationToken cancellationToken) => RunAsync(rules.OfType<ChainsAreWhole>(), cancellationToken);

    private async Task<IntegrityReport> RunAsync(IEnumerable<IIntegrityRule> chosen, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("verify"));
        var db = scope.ServiceProvider.GetRequiredService<CaseFlowDbContext>();
        await using var snapshot = await SnapshotSql.BeginAsync(db, cancellationToken);
        var findings = new List<IntegrityFinding>();
        var counted = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var rule in chosen)
        {
            try
            {
                counted[rule.Counts] = await rule.CheckAsync(db, findings, cancellationToken);
            }
            catch (CryptographicException error)
            {
                // Which value it is has been told already, by the rule that reads all of them.
                if (!findings.Exists(f => f.Rule == EncryptedIsReadable.Rule))
                {
                    findings.Add(new IntegrityFinding(EncryptedIsReadable.Rule, rule.Counts, error.Message));
                }
            }
            catch (Exception error) when (error is not OperationCanceledException and not System.Data.Common.DbException)
            {
                findings.Add(new IntegrityFinding(EncryptedIsReadable.Rule, rule.Counts, $"A row cannot be read: {error.Message}"));
            }
        }

        return new IntegrityReport(findings, counted);
    }
}
