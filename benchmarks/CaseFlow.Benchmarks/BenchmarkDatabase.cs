using CaseFlow.Persistence;

namespace CaseFlow.Benchmarks;

/// <summary>The databases that are measured: a SQLite file, and PostgreSQL where <c>CASEFLOW_BENCH_POSTGRES</c> names an empty database.</summary>
internal static class BenchmarkDatabase
{
    /// <summary>Measures on each in turn.</summary>
    public static async Task OnEachAsync(Func<string, CaseFlowPersistenceOptions, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-bench");
        try
        {
            var keys = Path.Combine(folder.FullName, "keys.json");
            var sqlite = CaseFlowPersistenceOptions.ForSqlite(Path.Combine(folder.FullName, "bench.db"), keys);
            sqlite.CreateKeyFile = true;
            await measure("SQLite", sqlite);
            if (Environment.GetEnvironmentVariable("CASEFLOW_BENCH_POSTGRES") is { Length: > 0 } postgres)
            {
                await measure("PostgreSQL", new CaseFlowPersistenceOptions
                {
                    Provider = DatabaseProvider.PostgreSql,
                    ConnectionString = postgres,
                    KeyFile = keys,
                    CreateKeyFile = true,
                });
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }
}
