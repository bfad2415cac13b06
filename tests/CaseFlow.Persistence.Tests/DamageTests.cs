using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Protection;
using CaseFlow.Persistence.Tests.Support;
using CaseFlow.Workflows;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

/// <summary>A byte or a value is changed in the database itself, past every service; <c>verify</c> names where.</summary>
public sealed class DamageTests
{
    private const string Waiting = "i1";

    public static TheoryData<string, string> EncryptedColumns()
    {
        using var host = new ServiceCollection().AddCaseFlowPersistence(new CaseFlowPersistenceOptions
        {
            Provider = DatabaseProvider.Sqlite,
            ConnectionString = "Data Source=:memory:",
            KeyFile = DatabaseKind.TemporaryPath(".keys.json"),
            CreateKeyFile = true,
        }).BuildServiceProvider();
        using var scope = host.CreateScope();
        return [.. EncryptedColumn.Of(scope.ServiceProvider.GetRequiredService<CaseFlowDbContext>()).Select(c => (c.Table, c.Name))];
    }

    [Fact]
    public void The_columns_that_must_be_encrypted_are_found_in_the_model() => Assert.Superset(
        new HashSet<string> { "Persons.IdNumber", "Persons.Phone", "Persons.BankAccount", "Accounts.IdNumber", "Outbox.Body", "Documents.Html", "FormSnapshots.DataJson", "Objections.Text" },
        EncryptedColumns().Select(row => $"{row.Data.Item1}.{row.Data.Item2}").ToHashSet());

    [Theory]
    [MemberData(nameof(EncryptedColumns))]
    public async Task A_flipped_bit_in_any_encrypted_column_is_told(string table, string column)
    {
        await using var host = await SoundAsync();
        await DamageAsync(host, table, column);

        Assert.Contains(await FindAsync(host), f => f.Rule == "unreadable" && f.Entry.StartsWith($"{table}.{column} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-2)]
    public async Task A_flipped_bit_in_the_state_of_a_waiting_workflow_is_told(int place)
    {
        await using var host = await SoundAsync();
        var state = (byte[])(await ReadAsync(host, "SELECT State FROM WorkflowInstances"))!;
        state[place < 0 ? state.Length + place : place] ^= 1;
        await WriteAsync(host, "UPDATE WorkflowInstances SET State = $value", state);
        Assert.Equal(("workflow-state", Waiting), Only(await FindAsync(host)));
    }

    [Theory]
    [InlineData("DELETE FROM WorkflowBookmarks")]
    [InlineData("UPDATE WorkflowBookmarks SET DueAt = DueAt + 1")]
    [InlineData("UPDATE WorkflowBookmarks SET Hash = 'x'")]
    public async Task A_workflow_that_waits_elsewhere_than_its_bookmarks_say_is_told(string change)
    {
        await using var host = await SoundAsync();
        await WriteAsync(host, change);
        Assert.Equal(("workflow-waits", Waiting), Only(await FindAsync(host)));
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET ActorText = 'x' WHERE Sequence = 2", 2, "ActorText")]
    [InlineData("UPDATE AuditEntries SET Action = 'task.claim' WHERE Sequence = 1", 1, "Action")]
    [InlineData("UPDATE AuditEntries SET At = At + 1 WHERE Sequence = 2", 2, "At")]
    [InlineData("UPDATE AuditEntries SET CaseId = NULL WHERE Sequence = 1", 1, "Chain")]
    public async Task A_column_of_the_audit_that_says_another_thing_than_the_entry_is_told(string change, int sequence, string column)
    {
        await using var host = await SoundAsync();
        await WriteAsync(host, change);
        var finding = Assert.Single(await FindAsync(host), f => f.Rule == "audit-chain");
        Assert.EndsWith($" {sequence}", finding.Entry, StringComparison.Ordinal);
        Assert.Contains(column, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_actor_of_an_entry_is_compared_with_post_and_substitution()
    {
        await using var host = await SoundAsync();
        var assistant = new Actor(
            ActorKind.Staff, null, "李敏", null,
            [new PostInForce(Id<PostAssignment>.New(), PostKind.CaseHandler, Id<OrganisationUnit>.New(), "团结街道", OrganisationLevel.Township, "经办人", "陈经办")],
            Cases.Scope.DataScope.Nothing);
        await host.Steps.RunAsync(
            new Step("test", Actor.System("test")),
            async (s, stop) =>
            {
                await s.GetRequiredService<IAuditTrail>().AppendAsync("post:1", assistant, "post.assign", [], stop);
                return 0;
            },
            TestHost.Stop);
        Assert.Equal("李敏（团结街道经办人，代陈经办）", await ReadAsync(host, "SELECT ActorText FROM AuditEntries WHERE Chain = 'post:1'"));
        Assert.Empty(await FindAsync(host));
    }

    [Theory]
    [InlineData("UPDATE Cases SET MonthlyAmount = MonthlyAmount + 100", "case-amount")]
    [InlineData("UPDATE Cases SET MonthlyAmount = NULL", "case-amount")]
    [InlineData("UPDATE BenefitTerms SET MonthlyAmount = MonthlyAmount + 100", "benefit-term")]
    [InlineData("DELETE FROM BenefitTerms", "benefit-term")]
    [InlineData("UPDATE Assessments SET Amount = Amount + 100", "assessment")]
    [InlineData("UPDATE Assessments SET Eligible = 0", "assessment")]
    [InlineData("UPDATE Assessments SET LinesJson = replace(LinesJson, '40000', '40100')", "assessment")]
    [InlineData("UPDATE Assessments SET LinesJson = substr(LinesJson, 1, 20)", "assessment")]
    [InlineData("UPDATE Persons SET PhoneIndex = NULL", "person-index")]
    public async Task An_amount_that_is_not_the_one_that_was_decided_is_told(string change, string rule)
    {
        await using var host = await SoundAsync();
        await WriteAsync(host, change);
        Assert.Equal(rule, Only(await FindAsync(host)).Rule);
    }

    private static (string Rule, string Entry) Only(IReadOnlyList<IntegrityFinding> findings)
    {
        var finding = Assert.Single(findings);
        return (finding.Rule, finding.Entry);
    }

    /// <summary>A case in force with a waiting workflow, a term, a calculation and the acts of both; nothing is wrong with it.</summary>
    private static async Task<TestHost> SoundAsync()
    {
        var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await Given.CaseAsync(host, change: c => c.MonthlyAmount = new Money(40000));
        await Given.TaskAsync(host, opened);
        var record = new AssessmentRecord { CaseId = opened.Id, Eligible = true, Amount = new Money(40000), LinesJson = """[{"number":1,"code":"amount","item":"月保障金","reason":"","amountFen":40000,"exact":true}]""" };
        var bookmark = new Bookmark { Id = "b1", Name = "Elsa.Delay", Hash = "h", ActivityId = "D", NodeId = "D", ActivityInstanceId = "a1", CreatedAt = host.Time.GetUtcNow(), DueAt = host.Time.GetUtcNow().AddDays(30) };
        await host.Steps.RunAsync(
            new Step("sound", Actor.System("test")),
            async (s, stop) =>
            {
                await s.GetRequiredService<ILocks>().LockCaseAsync(opened.Id, stop);
                var work = s.GetRequiredService<IUnitOfWork>();
                work.Set<AssessmentRecord>().Add(record);
                work.Set<BenefitTerm>().Add(new BenefitTerm { CaseId = opened.Id, Programme = "dibao", From = Month.Of(2026, 7), MonthlyAmount = new Money(40000) });
                var audit = s.GetRequiredService<IAuditTrail>();
                var system = Actor.System("test");
                await audit.AppendAsync(opened.Id, system, "assessment.record", new JsonObject { ["assessment"] = record.Id.ToString(), ["eligible"] = true, ["fen"] = 40000, ["ground"] = null }, stop);
                await audit.AppendAsync(opened.Id, system, "benefit.start", new JsonObject { ["programme"] = "dibao", ["from"] = "2026-07", ["fen"] = 40000 }, stop);
                await s.GetRequiredService<IWorkflowStore>().SaveAsync(
                    new WorkflowBurst
                    {
                        State = new WorkflowState { InstanceId = Waiting, DefinitionId = "d", DefinitionVersionId = "d-1", SubStatus = WorkflowSubStatus.Suspended, Bookmarks = [bookmark], Properties = new Dictionary<string, object?> { ["name"] = "李" } },
                        IsNew = true,
                        BookmarksCreated = [bookmark],
                    },
                    stop);
                return 0;
            },
            TestHost.Stop);
        Assert.Empty(await FindAsync(host));
        return host;
    }

    /// <summary>Flips the last bit of a value of a column; where there is none, a row is made that holds one.</summary>
    private static async Task DamageAsync(TestHost host, string table, string column)
    {
        var cipher = host.Services.GetRequiredService<FieldCipher>();
        var value = (byte[]?)await ReadAsync(host, $"SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 1");
        if (value is not null)
        {
            value[^1] ^= 1;
            await WriteAsync(host, $"UPDATE {table} SET {column} = $value", value);
            return;
        }

        var columns = new List<(string Name, string Value)>();
        await using var connection = await OpenAsync(host);
        await using var command = new SqliteCommand($"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')", connection);
        await using var reader = await command.ExecuteReaderAsync(TestHost.Stop);
        while (await reader.ReadAsync(TestHost.Stop))
        {
            var name = reader.GetString(0);
            if (name == column || reader.GetInt64(2) == 1)
            {
                columns.Add((name, name == column ? "$value" : reader.GetString(1) switch { "INTEGER" => "0", "BLOB" => $"x'{Convert.ToHexString(cipher.Encrypt("x", $"{table}.{name}"))}'", _ => $"'{Guid.NewGuid()}'" }));
            }
        }

        value = cipher.Encrypt("十一位号码", "a column of another table");
        await WriteAsync(host, $"PRAGMA foreign_keys = OFF; INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select(c => c.Value))})", value);
    }

    private static async Task<SqliteConnection> OpenAsync(TestHost host)
    {
        var connection = new SqliteConnection(host.Options.ConnectionString);
        await connection.OpenAsync(TestHost.Stop);
        return connection;
    }

#pragma warning disable CA2100 // The texts stand in this file; the columns come from the model.
    private static async Task<object?> ReadAsync(TestHost host, string sql)
    {
        await using var connection = await OpenAsync(host);
        await using var command = new SqliteCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestHost.Stop);
    }

    private static async Task WriteAsync(TestHost host, string sql, byte[]? value = null)
    {
        await using var connection = await OpenAsync(host);
        await using var command = new SqliteCommand(sql, connection);
        if (value is not null)
        {
            command.Parameters.AddWithValue("$value", value);
        }

        Assert.True(await command.ExecuteNonQueryAsync(TestHost.Stop) > 0, "nothing was changed");
    }
#pragma warning restore CA2100

    private static async Task<IReadOnlyList<IntegrityFinding>> FindAsync(TestHost host) =>
        (await host.Services.GetRequiredService<IIntegrityCheck>().RunAsync(TestHost.Stop)).Findings;
}
