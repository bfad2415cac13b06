using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class ArchiveOnSqlite() : ArchiveTests(DatabaseKind.Sqlite, DatabaseKind.Sqlite)
{
    [Fact]
    public async Task A_database_that_holds_rows_is_not_overwritten()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await FillAsync(host);
        var file = DatabaseKind.TemporaryPath(".backup");
        await Archive(host).BackupAsync(file, TestHost.Stop);
        await Assert.ThrowsAsync<ArchiveException>(() => Archive(host).BackupAsync(file, TestHost.Stop));
        await Assert.ThrowsAsync<ArchiveException>(() => Archive(host).RestoreAsync(file, TestHost.Stop));
        Assert.Equal(1, await host.CountAsync<Case>());
    }

    [Fact]
    public async Task A_damaged_backup_restores_nothing()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await FillAsync(host);
        var file = DatabaseKind.TemporaryPath(".backup");
        await Archive(host).BackupAsync(file, TestHost.Stop);
        using (var zip = System.IO.Compression.ZipFile.Open(file, System.IO.Compression.ZipArchiveMode.Update))
        {
            var entry = zip.GetEntry("tables/Persons.jsonl")!;
            string text;
            using (var reader = new StreamReader(entry.Open()))
            {
                text = await reader.ReadToEndAsync(TestHost.Stop);
            }

            entry.Delete();
            await using var writer = new StreamWriter(zip.CreateEntry("tables/Persons.jsonl").Open());
            await writer.WriteAsync(text.Replace("\"Male\"", "\"Female\"", StringComparison.Ordinal));
        }

        await using var target = TestHost.On(await DatabaseKind.Sqlite.NewBareAsync(TestHost.Stop));
        await Assert.ThrowsAsync<ArchiveException>(() => Archive(target).RestoreAsync(file, TestHost.Stop));
        Assert.False(await target.Services.GetRequiredService<IDatabase>().IsMigratedAsync(TestHost.Stop), "the file is read through before the database is touched");
    }

    [Fact]
    public async Task A_backup_is_refused_where_its_keys_are_missing()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await FillAsync(host);
        var file = DatabaseKind.TemporaryPath(".backup");
        await Archive(host).BackupAsync(file, TestHost.Stop);
        var options = await DatabaseKind.Sqlite.NewBareAsync(TestHost.Stop);
        options.KeyFile = DatabaseKind.TemporaryPath(".keys.json");
        await using var target = TestHost.On(options);
        await Assert.ThrowsAsync<ArchiveException>(() => Archive(target).RestoreAsync(file, TestHost.Stop));
    }
}

[Trait("needs", "postgres")]
public sealed class ArchiveOnPostgres() : ArchiveTests(DatabaseKind.Postgres, DatabaseKind.Postgres);

[Trait("needs", "postgres")]
public sealed class ArchiveFromSqliteToPostgres() : ArchiveTests(DatabaseKind.Sqlite, DatabaseKind.Postgres);

[Trait("needs", "postgres")]
public sealed class ArchiveFromPostgresToSqlite() : ArchiveTests(DatabaseKind.Postgres, DatabaseKind.Sqlite);

public abstract class ArchiveTests(DatabaseKind from, DatabaseKind to)
{
    [Fact]
    public async Task A_backup_restores_every_row_into_an_empty_database()
    {
        await using var source = await TestHost.StartAsync(from);
        await FillAsync(source);
        var file = DatabaseKind.TemporaryPath(".backup");
        var written = await Archive(source).BackupAsync(file, TestHost.Stop);

        await using var target = TestHost.On(await to.NewBareAsync(TestHost.Stop));
        var restored = await Archive(target).RestoreAsync(file, TestHost.Stop);
        Assert.Equal(written.Rows, restored.Rows);
        Assert.Equal(2, restored.Rows["Organisations"]);
        Assert.Equal(1, restored.Rows["Blobs"]);
        var there = await source.ReadAsync(db => db.Set<Case>().SingleAsync(TestHost.Stop));
        var here = await target.ReadAsync(db => db.Set<Case>().SingleAsync(TestHost.Stop));
        Assert.Equivalent(there, here);
        var person = await target.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Id == here.ApplicantId, TestHost.Stop));
        Assert.Equal("13800000000", person.Phone);
        Assert.Equal(there.SubmittedAt, here.SubmittedAt);
        Assert.Equal(new DateOnly(1960, 1, 1), person.BirthDate);
        var report = await target.Services.GetRequiredService<IIntegrityCheck>().RunAsync(TestHost.Stop);
        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Counted["audit entries"]);
    }

    private protected static IDatabaseArchive Archive(TestHost host) => host.Services.GetRequiredService<IDatabaseArchive>();

    private protected static async Task FillAsync(TestHost host)
    {
        var township = Given.Township();
        var opened = await Given.CaseAsync(host, township);
        await Given.TaskAsync(host, opened);
        await host.StepAsync((db, _) =>
        {
            // The child's id comes before its parent's, so that a restore in the order of ids would fail.
            var child = Given.Township("220502004001");
            child.Id = Id<OrganisationUnit>.Parse("00000000-0000-7000-8000-000000000001");
            child.ParentId = township.Id;
            db.Set<OrganisationUnit>().Add(child);
            return Task.FromResult(0);
        });
        await host.Steps.RunAsync(
            new Step("fill", Actor.System("test")),
            async (s, stop) =>
            {
                await s.GetRequiredService<ILocks>().LockCaseAsync(opened.Id, stop);
                await s.GetRequiredService<IAuditTrail>().AppendAsync(opened.Id, Actor.System("test"), "case.submit", [], stop);
                await s.GetRequiredService<Cases.Blobs.IBlobStore>().PutAsync(new byte[] { 1, 2, 3 }, stop);
                return 0;
            },
            TestHost.Stop);
    }
}
