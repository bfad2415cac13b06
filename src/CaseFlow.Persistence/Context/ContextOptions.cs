using CaseFlow.Persistence.Protection;
using CaseFlow.Persistence.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace CaseFlow.Persistence.Context;

/// <summary>How the options of both contexts are built.</summary>
internal static class ContextOptions
{
    /// <summary>Sets provider, pragmas, keys.</summary>
    public static void Configure(DbContextOptionsBuilder builder, CaseFlowPersistenceOptions options, KeyRing ring)
    {
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            builder.UseSqlite(options.ConnectionString);
            builder.AddInterceptors(new SqlitePragmas(options.FullSync));
        }
        else
        {
            builder.UseNpgsql(Prepared(options.ConnectionString));
        }

        builder.AddInterceptors(options.Interceptors);
        var storage = new StorageExtension(new FieldCipher(ring), new BlindIndex(ring));
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(storage);
        builder.ReplaceService<IModelCacheKeyFactory, ModelKey>();
    }

    /// <summary>A connection string whose statements are prepared by themselves, unless it says otherwise.</summary>
    public static string Prepared(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (builder.MaxAutoPrepare == 0)
        {
            builder.MaxAutoPrepare = 100;
        }

        return builder.ConnectionString;
    }
}

/// <summary>Makes a context for the migration tool; its keys never touch a database.</summary>
internal sealed class SqliteDesignFactory : IDesignTimeDbContextFactory<SqliteCaseFlowDbContext>
{
    /// <inheritdoc/>
    public SqliteCaseFlowDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteCaseFlowDbContext>();
        ContextOptions.Configure(builder, CaseFlowPersistenceOptions.ForSqlite("design.db", ""), KeyRing.Throwaway());
        return new SqliteCaseFlowDbContext(builder.Options);
    }
}

/// <summary>Makes a context for the migration tool; its keys never touch a database.</summary>
internal sealed class PostgresDesignFactory : IDesignTimeDbContextFactory<PostgresCaseFlowDbContext>
{
    /// <inheritdoc/>
    public PostgresCaseFlowDbContext CreateDbContext(string[] args)
    {
        var options = new CaseFlowPersistenceOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = "Host=localhost;Database=design" };
        var builder = new DbContextOptionsBuilder<PostgresCaseFlowDbContext>();
        ContextOptions.Configure(builder, options, KeyRing.Throwaway());
        return new PostgresCaseFlowDbContext(builder.Options);
    }
}
