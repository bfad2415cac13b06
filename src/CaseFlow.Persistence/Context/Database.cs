using CaseFlow.Persistence.Steps;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Context;

/// <inheritdoc/>
internal sealed class Database(IServiceScopeFactory scopes, WriteGate gate, CaseFlowPersistenceOptions options) : IDatabase
{
    /// <inheritdoc/>
    public DatabaseProvider Provider => options.Provider;

    /// <inheritdoc/>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        using var permit = await gate.EnterAsync(cancellationToken);
        if (Provider == DatabaseProvider.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CaseFlowDbContext>();
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CaseFlowDbContext>().Database.CanConnectAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> IsMigratedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CaseFlowDbContext>();
        return !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
    }
}
