using CaseFlow.Cases.Blobs;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence.Audit;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

/// <summary>Each invariant is broken on purpose, past the services; the check names the first bad entry.</summary>
public sealed class IntegrityTests
{
    [Fact]
    public async Task A_sound_database_has_no_findings()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await Given.CaseAsync(host);
        await Given.TaskAsync(host, opened);
        Assert.Empty(await FindAsync(host));
    }

    [Fact]
    public async Task A_case_with_no_task_no_bookmark_no_incident_and_no_end_is_found()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await Given.CaseAsync(host);
        var finding = Assert.Single(await FindAsync(host));
        Assert.Equal(("case-without-next", opened.Number), (finding.Rule, finding.Entry));
    }

    [Fact]
    public async Task A_task_that_others_see_than_see_its_case_is_found()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await SoundCaseAsync(host);
        await host.StepAsync((db, _) => db.Set<Case>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Sensitive, true), TestHost.Stop));
        var finding = Assert.Single(await FindAsync(host));
        Assert.Equal(("task-scope", opened.Number), (finding.Rule, finding.Entry));
    }

    [Fact]
    public async Task A_gap_in_official_numbers_is_found()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await SoundCaseAsync(host);
        await host.StepAsync((db, _) =>
        {
            db.Set<NumberSeries>().Add(new NumberSeries { BodyCode = "东民", Kind = "救", Year = 2026, Last = 3 });
            foreach (var number in new[] { 1, 3 })
            {
                db.Set<IssuedDocument>().Add(Document(opened, number));
            }

            return Task.FromResult(0);
        });
        var finding = Assert.Single(await FindAsync(host));
        Assert.Equal(("number-gap", "东民 救 2026 2"), (finding.Rule, finding.Entry));
    }

    [Fact]
    public async Task A_number_that_was_drawn_for_nothing_is_found()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await host.StepAsync((_, locks) => locks.NextNumberAsync("东民", "救", 2026, TestHost.Stop));
        Assert.Equal("number-gap", Assert.Single(await FindAsync(host)).Rule);
    }

    [Fact]
    public async Task Case_numbers_are_numbers_of_a_series_too()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await host.StepAsync((_, locks) => locks.NextNumberAsync("220502", "DB", 2026, TestHost.Stop));
        await SoundCaseAsync(host, c => c.Number = "DB-220502-2026-000001");
        Assert.Empty(await FindAsync(host));
    }

    [Theory]
    [InlineData("content")]
    [InlineData("removed")]
    [InlineData("hash")]
    public async Task A_changed_or_missing_audit_entry_is_found_by_its_number(string what)
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await SoundCaseAsync(host);
        await AppendAsync(host, opened, 5);
        await host.StepAsync(async (db, _) =>
        {
            var third = await db.Set<AuditEntry>().SingleAsync(a => a.Sequence == 3, TestHost.Stop);
            switch (what)
            {
                case "content":
                    third.Content = [.. third.Content.Select((b, i) => i == 40 ? (byte)(b ^ 1) : b)];
                    break;
                case "hash":
                    third.Hash = [.. third.Hash.Reverse()];
                    break;
                default:
                    db.Set<AuditEntry>().Remove(third);
                    break;
            }

            return 0;
        });
        var finding = Assert.Single(await FindAsync(host));
        Assert.Equal(("audit-chain", $"case:{opened.Id} {(what == "removed" ? 4 : 3)}"), (finding.Rule, finding.Entry));
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_no_longer_fits_the_daily_root()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await SoundCaseAsync(host);
        await AppendAsync(host, opened, 2);
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await host.Services.GetRequiredService<AuditRoots>().RunDueAsync(TestHost.Stop));
        await AppendAsync(host, opened, 1);
        Assert.Empty(await FindAsync(host));
        await host.StepAsync(async (db, _) =>
        {
            var previous = AuditChain.Start;
            foreach (var entry in await db.Set<AuditEntry>().OrderBy(a => a.Sequence).ToListAsync(TestHost.Stop))
            {
                var forged = JsonNode.Parse(entry.Content)!.AsObject();
                forged["details"] = new JsonObject { ["forged"] = entry.Sequence };
                entry.Content = CanonicalJson.Bytes(forged);
                previous = entry.Hash = AuditChain.Hash(previous, entry.Content);
            }

            return 0;
        });
        var finding = Assert.Single(await FindAsync(host));
        Assert.Equal(("audit-root", "2026-06-15"), (finding.Rule, finding.Entry));
    }

    [Fact]
    public async Task The_daily_root_also_stands_in_a_file()
    {
        var options = await DatabaseKind.Sqlite.NewAsync(TestHost.Stop);
        options.AuditRootFile = DatabaseKind.TemporaryPath(".roots.log");
        await using var host = TestHost.On(options);
        await AppendAsync(host, await SoundCaseAsync(host), 1);
        host.Time.Advance(TimeSpan.FromDays(1));
        var work = host.Services.GetRequiredService<AuditRoots>();
        await work.RunDueAsync(TestHost.Stop);
        await work.RunDueAsync(TestHost.Stop);
        var root = await host.ReadAsync(db => db.Set<AuditRoot>().SingleAsync(TestHost.Stop));
        var line = Assert.Single(await File.ReadAllLinesAsync(options.AuditRootFile, TestHost.Stop));
        Assert.StartsWith($"2026-06-15 1 {Convert.ToHexStringLower(root.Root)} ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reserve_that_does_not_fit_its_movements_is_found()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await host.StepAsync((db, _) =>
        {
            var township = db.Set<OrganisationUnit>().Add(Given.Township()).Entity;
            var fund = db.Set<ReserveFund>().Add(new ReserveFund { OrganisationId = township.Id, Balance = Money.FromYuan(100) }).Entity;
            db.Set<ReserveMovement>().Add(new ReserveMovement { ReserveId = fund.Id, Amount = Money.FromYuan(90) });
            return Task.FromResult(0);
        });
        Assert.Equal("reserve", Assert.Single(await FindAsync(host)).Rule);
    }

    [Fact]
    public async Task A_negative_regular_item_is_found()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await SoundCaseAsync(host);
        await host.StepAsync((db, _) =>
        {
            db.Set<BenefitEntry>().Add(new BenefitEntry { CaseId = opened.Id, BeneficiaryId = opened.ApplicantId, Programme = "dibao", Month = Month.Of(2026, 7), Amount = Money.FromYuan(-1) });
            return Task.FromResult(0);
        });
        Assert.Contains(await FindAsync(host), f => f.Rule == "ledger");
    }

    [Fact]
    public async Task A_document_whose_frozen_content_was_changed_is_found()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await SoundCaseAsync(host);
        var document = Document(opened, null);
        await host.StepAsync((db, _) => Task.FromResult(db.Set<IssuedDocument>().Add(document).Entity.Html));
        await host.StepAsync(async (db, _) => (await db.Set<IssuedDocument>().SingleAsync(TestHost.Stop)).Html = "<p>2000元</p>");
        var finding = Assert.Single(await FindAsync(host));
        Assert.Equal(("document-changed", document.Id.ToString()), (finding.Rule, finding.Entry));
    }

    [Fact]
    public async Task A_damaged_upload_is_told()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await SoundCaseAsync(host);
        string? hash = null;
        await using (var request = host.Services.CreateAsyncScope())
        {
            hash = await request.ServiceProvider.GetRequiredService<IBlobStore>().PutAsync("户口簿"u8.ToArray(), TestHost.Stop);
        }

        Assert.Empty(await FindAsync(host));
        await host.StepAsync(async (db, _) =>
        {
            var blob = await db.Set<Blob>().SingleAsync(TestHost.Stop);
            byte[] damaged = [.. blob.Content];
            damaged[^1] ^= 1;
            blob.Content = damaged;
            return 0;
        });
        var finding = Assert.Single(await FindAsync(host));
        Assert.Equal(("blob-changed", hash), (finding.Rule, finding.Entry));
    }

    [Fact]
    public async Task Text_that_PostgreSQL_could_not_keep_is_refused_on_SQLite_too()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await SoundCaseAsync(host);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.StepAsync((db, _) =>
            Task.FromResult(db.Set<Material>().Add(new Material { CaseId = opened.Id, Code = "hukou", CorrectionRequest = "a\0b" }).Entity.Code)));
        Assert.Equal("correctionRequest", Assert.Single(refused.Errors).Key);
        Assert.Equal(0, await host.CountAsync<Material>());
    }

    private static IssuedDocument Document(Case of, int? number) => new()
    {
        CaseId = of.Id,
        Html = "<p>1000元</p>",
        ContentHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("<p>1000元</p>"u8)),
        BodyCode = number is null ? null : "东民",
        NumberKind = number is null ? null : "救",
        NumberYear = number is null ? null : 2026,
        Number = number,
        OfficialNumber = number is null ? null : $"东民救〔2026〕{number}号",
    };

    private static async Task<Case> SoundCaseAsync(TestHost host, Action<Case>? change = null)
    {
        var opened = await Given.CaseAsync(host, change: change);
        await Given.TaskAsync(host, opened);
        return opened;
    }

    private static Task<int> AppendAsync(TestHost host, Case opened, int count) => host.Steps.RunAsync(
        new Step("test", Actor.System("test")),
        async (s, stop) =>
        {
            await s.GetRequiredService<ILocks>().LockCaseAsync(opened.Id, stop);
            for (var i = 0; i < count; i++)
            {
                await s.GetRequiredService<IAuditTrail>().AppendAsync(opened.Id, Actor.System("test"), "task.complete", [], stop);
            }

            return 0;
        },
        TestHost.Stop);

    private static async Task<IReadOnlyList<IntegrityFinding>> FindAsync(TestHost host) =>
        (await host.Services.GetRequiredService<IIntegrityCheck>().RunAsync(TestHost.Stop)).Findings;
}
