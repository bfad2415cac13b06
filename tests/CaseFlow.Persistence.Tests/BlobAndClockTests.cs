using System.Text;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Persistence.Blobs;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class BlobAndClockOnSqlite() : BlobAndClockTests(DatabaseKind.Sqlite)
{
    [Fact]
    public async Task Every_column_that_looks_like_the_address_of_a_blob_keeps_it_from_the_sweep()
    {
        string[] otherHashes = ["ContentHash", "PasswordHash", "Hash"];
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await using var request = host.Services.CreateAsyncScope();
        var model = request.ServiceProvider.GetRequiredService<Context.CaseFlowDbContext>().Model;
        var addresses = model.GetEntityTypes()
            .SelectMany(e => e.GetProperties())
            .Where(p => p.ClrType == typeof(string) && p.Name.EndsWith("Hash", StringComparison.Ordinal) && !otherHashes.Contains(p.Name))
            .Select(p => (p.DeclaringType.ClrType, p.Name));
        Assert.Equal(BlobSql.References.OrderBy(r => r.ToString()), addresses.OrderBy(r => r.ToString()));
    }
}

[Trait("needs", "postgres")]
public sealed class BlobAndClockOnPostgres() : BlobAndClockTests(DatabaseKind.Postgres);

public abstract class BlobAndClockTests(DatabaseKind kind)
{
    [Fact]
    public async Task Content_is_kept_once_and_read_back()
    {
        await using var host = await TestHost.StartAsync(kind);
        var hash = await PutAsync(host, "户口簿");
        Assert.Equal(hash, await PutAsync(host, "户口簿"));
        Assert.Equal(1, await host.CountAsync<Blob>());
        await using var request = host.Services.CreateAsyncScope();
        var store = request.ServiceProvider.GetRequiredService<IBlobStore>();
        Assert.Equal("户口簿", Encoding.UTF8.GetString((await store.GetAsync(hash, TestHost.Stop))!));
        Assert.Null(await store.GetAsync(new string('0', 64), TestHost.Stop));
    }

    [Fact]
    public async Task The_sweep_removes_old_orphans_and_nothing_else()
    {
        await using var host = await TestHost.StartAsync(kind);
        var opened = await Given.CaseAsync(host);
        var kept = await PutAsync(host, "材料");
        await PutAsync(host, "丢弃");
        await host.StepAsync((db, _) => Task.FromResult(db.Set<Material>().Add(new Material { CaseId = opened.Id, BlobHash = kept }).Entity.Code));
        host.Time.Advance(TimeSpan.FromDays(31));
        var young = await PutAsync(host, "刚刚上传");
        var sweeper = host.Services.GetRequiredService<BlobSweeper>();
        Assert.Equal(1, await sweeper.SweepAsync(host.Time.GetUtcNow() - TimeSpan.FromDays(30), TestHost.Stop));
        var left = await host.ReadAsync(db => db.Set<Blob>().Select(b => b.Hash).ToListAsync(TestHost.Stop));
        Assert.Equal(new[] { kept, young }.Order(), left.Order());
    }

    [Fact]
    public async Task Outside_a_demo_the_business_clock_is_the_machines_and_cannot_be_moved()
    {
        await using var host = await TestHost.StartAsync(kind);
        var clock = host.Services.GetRequiredService<IBusinessClock>();
        Assert.Equal(host.Time.GetUtcNow(), clock.Now);
        Assert.Equal(TimeSpan.FromHours(8), clock.Now.Offset);
        Assert.Equal(new DateOnly(2026, 6, 15), clock.Today);
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            host.Services.GetRequiredService<IClockControl>().MoveToAsync(clock.Now.AddDays(1), TestHost.Stop));
        Assert.Equal("clock-not-demo", refused.Refusal.Code);
    }

    [Fact]
    public async Task A_demo_clock_moves_forward_only_and_for_all_servers()
    {
        await using var host = await TestHost.StartAsync(kind);
        await using var other = host.Second();
        var control = host.Services.GetRequiredService<IClockControl>();
        await control.MakeDemoAsync(new DateTimeOffset(2025, 1, 6, 9, 0, 0, TimeSpan.FromHours(8)), TestHost.Stop);
        Assert.Equal(new DateOnly(2025, 1, 6), other.Services.GetRequiredService<IBusinessClock>().Today);
        await control.MoveToAsync(new DateTimeOffset(2025, 3, 1, 9, 0, 0, TimeSpan.FromHours(8)), TestHost.Stop);
        Assert.Equal(new DateOnly(2025, 3, 1), host.Services.GetRequiredService<IBusinessClock>().Today);
        other.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(new DateOnly(2025, 3, 1), other.Services.GetRequiredService<IBusinessClock>().Today);
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            control.MoveToAsync(new DateTimeOffset(2025, 2, 1, 9, 0, 0, TimeSpan.FromHours(8)), TestHost.Stop));
        Assert.Equal("clock-backward", refused.Refusal.Code);
    }

    [Fact]
    public async Task A_database_with_cases_cannot_become_a_demo()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Given.CaseAsync(host);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            host.Services.GetRequiredService<IClockControl>().MakeDemoAsync(host.Time.GetUtcNow(), TestHost.Stop));
    }

    private static async Task<string> PutAsync(TestHost host, string text)
    {
        await using var request = host.Services.CreateAsyncScope();
        return await request.ServiceProvider.GetRequiredService<IBlobStore>().PutAsync(Encoding.UTF8.GetBytes(text), TestHost.Stop);
    }
}
