using System.Diagnostics;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseFlow.Server.Tests.Mail;

/// <summary>
/// The real server on a real PostgreSQL sends through a real SMTP server, and is killed (SIGKILL) before a mail goes out,
/// after it was accepted, and after that was recorded. Then three servers finish what is left.
/// </summary>
[Trait("needs", "postgres")]
public sealed class Killed_while_sending : IAsyncLifetime
{
    private const int Mails = 12;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("caseflow-kill");
    private readonly string _database = $"caseflow_kill_{Guid.NewGuid():N}";
    private CaseFlowPersistenceOptions _options = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Admin => Environment.GetEnvironmentVariable("CASEFLOW_TEST_POSTGRES")
        ?? throw new InvalidOperationException("CASEFLOW_TEST_POSTGRES must hold the connection string of an administrator; ./test sets it.");

    [Fact]
    public async Task No_Message_ID_is_missing_and_only_an_uncertain_one_comes_twice()
    {
        await using var catcher = await MailCatcher.StartAsync();
        await WriteMailsAsync();
        foreach (var failpoint in new[] { "outbox.before-send:3", "outbox.after-accept:3", "outbox.after-record:3" })
        {
            using var dying = Start(catcher.SmtpPort, failpoint);
            await dying.WaitForExitAsync(Stop);
            Assert.Equal(128 + 9, dying.ExitCode);
        }

        await using (var sent = await RowsThatBecomeSent.ListenAsync(_options.ConnectionString, Stop))
        {
            Process[] servers = [.. Enumerable.Range(0, 3).Select(_ => Start(catcher.SmtpPort, null))];
            while ((await ReadAsync()).Exists(m => m.State != MessageState.Sent))
            {
                await sent.NextAsync(Stop);
            }

            foreach (var server in servers)
            {
                server.Kill();
                await server.WaitForExitAsync(Stop);
                server.Dispose();
            }
        }

        var ids = (await catcher.MailsAsync()).Select(m => (string)m!["messageId"]!).ToList();
        var rows = await ReadAsync();
        Assert.Equal(rows.Select(r => r.MessageKey).Order(StringComparer.Ordinal), ids.Distinct().Order(StringComparer.Ordinal));
        var twice = Assert.Single(ids.GroupBy(id => id), g => g.Count() > 1);
        Assert.Equal(2, twice.Count());
        Assert.True(rows.Single(r => r.MessageKey == twice.Key).DeliveryUncertain);
        Assert.Equal(0, await VerifyAsync());
    }

    public async ValueTask InitializeAsync()
    {
        await RunAsync($"CREATE DATABASE {_database}");
        _options = new CaseFlowPersistenceOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = new NpgsqlConnectionStringBuilder(Admin) { Database = _database }.ConnectionString,
            KeyFile = Path.Combine(_data.FullName, "keys", "fields.json"),
            CreateKeyFile = true,
        };
        _services = new ServiceCollection().AddCaseFlowPersistence(_options).BuildServiceProvider();
        await _services.GetRequiredService<IDatabase>().MigrateAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await RunAsync($"DROP DATABASE {_database} WITH (FORCE)");
        _data.Delete(recursive: true);
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Admin);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private Task<int> WriteMailsAsync() => _services.GetRequiredService<IStepRunner>().RunAsync(
        new Step("test", Actor.System("test")),
        (services, _) =>
        {
            var work = services.GetRequiredService<IUnitOfWork>();
            var account = work.Set<Account>().Add(new Account { UserName = "wang", NormalizedUserName = "WANG", Email = "wang@example.cn" }).Entity;
            for (var i = 0; i < Mails; i++)
            {
                work.Set<OutboxMessage>().Add(new OutboxMessage
                {
                    EventKey = $"test/{i}/mail",
                    MessageKey = $"<{i}@caseflow.local>",
                    Channel = MessageChannel.Mail,
                    AccountId = account.Id,
                    Subject = "办件有新的消息",
                    Body = "请登录查看。",
                    CreatedAt = new DateTimeOffset(2026, 6, 15, 9, 0, 0, TimeSpan.FromHours(8)),
                });
            }

            return Task.FromResult(Mails);
        },
        Stop);

    private async Task<List<OutboxMessage>> ReadAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("test"));
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Set<OutboxMessage>().AsNoTracking().ToListAsync(Stop);
    }

    private Process Start(int smtpPort, string? failpoint) => Quietly(Server(
        failpoint,
        "--demo=false",
        "--urls=http://127.0.0.1:0",
        "--outboxLease=00:00:02",
        "--Mail:Host=127.0.0.1",
        $"--Mail:Port={smtpPort}",
        "--Mail:Security=None"));

    private static Process Quietly(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task<int> VerifyAsync()
    {
        using var verify = Quietly(Server(null));
        await verify.WaitForExitAsync(Stop);
        return verify.ExitCode;
    }

    private ProcessStartInfo Server(string? failpoint, params string[] arguments)
    {
        var project = Repository.Path("src", "CaseFlow.Server");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = project,
        };
        start.ArgumentList.Add(Path.Combine(project, "bin", "Debug", "net10.0", "CaseFlow.Server.dll"));
        string[] all = arguments.Length == 0 ? ["verify"] : arguments;
        string[] common = [$"--data={_data.FullName}", $"--keys={_options.KeyFile}", $"--ConnectionStrings:CaseFlow={_options.ConnectionString}"];
        foreach (var argument in all.Concat(common))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CASEFLOW_FAILPOINT"] = failpoint ?? "";
        return start;
    }
}
