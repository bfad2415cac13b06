using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CaseFlow.Persistence.Tests;

public sealed class ModelTests
{
    [Fact]
    public void The_migrations_of_sqlite_are_those_of_the_model()
    {
        using var db = new SqliteDesignFactory().CreateDbContext([]);
        Assert.False(db.Database.HasPendingModelChanges(), "Run scripts/new-migration.");
    }

    [Fact]
    public void The_migrations_of_postgres_are_those_of_the_model()
    {
        using var db = new PostgresDesignFactory().CreateDbContext([]);
        Assert.False(db.Database.HasPendingModelChanges(), "Run scripts/new-migration.");
    }

    [Fact]
    public void Everything_that_hangs_on_a_case_is_filtered_by_scope()
    {
        using var db = new SqliteDesignFactory().CreateDbContext([]);
        var open = db.Model.GetEntityTypes()
            .Where(e => e.FindProperty("CaseId") is not null && e.FindDeclaredQueryFilter(ScopeFilters.Name) is null)
            .Select(e => e.ClrType.Name);
        Assert.Empty(open);
    }

    [Fact]
    public void Every_revision_is_a_concurrency_token()
    {
        using var db = new SqliteDesignFactory().CreateDbContext([]);
        var unguarded = db.Model.GetEntityTypes()
            .Select(e => e.FindProperty("Revision") ?? e.FindProperty("FactsRevision"))
            .OfType<IProperty>()
            .Where(p => !p.IsConcurrencyToken)
            .Select(p => p.DeclaringType.ClrType.Name);
        Assert.Empty(unguarded);
    }

    [Fact]
    public void Raw_sql_and_unfiltered_reads_stand_in_one_folder()
    {
        string[] words = ["IgnoreQueryFilters", "FromSql", "SqlQuery", "ExecuteSql", "CommandText", "CreateCommand", "NpgsqlBatch"];
        var source = Path.Combine(Root(), "src");
        var sql = Path.Combine(source, "CaseFlow.Persistence", "Sql") + Path.DirectorySeparatorChar;
        var files = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => words.Any(w => File.ReadAllText(f).Contains(w, StringComparison.Ordinal)))
            .ToList();
        Assert.Contains(files, f => f.StartsWith(sql, StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => !f.StartsWith(sql, StringComparison.Ordinal));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CaseFlow.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return folder.FullName;
    }
}
