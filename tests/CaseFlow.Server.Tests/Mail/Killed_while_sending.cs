using System.Diagnostics;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.Mail;

/// <summary>
/// The real server on a real PostgreSQL sends through a real SMTP server, and is killed (SIGKILL) before a mail goes out,
/// after it was accepted, and after that was recorded. Then three servers finish what is left.
/// </summary>
[Trait("needs", "postgres")]
public sealed class Killed_while_sending(ServersOnPostgres servers) : IClassFixture<ServersOnPostgres>
{
    private const int Mails = 12;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

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

        await using (var sent = await RowsThatBecomeSent.ListenAsync(servers.ConnectionString, Stop))
        {
            Process[] three = [.. Enumerable.Range(0, 3).Select(_ => Start(catcher.SmtpPort, null))];
            while ((await ReadAsync()).Exists(m => m.State != MessageState.Sent))
            {
                await sent.NextAsync(Stop);
            }

            foreach (var server in three)
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
        Assert.Equal(0, await servers.VerifyAsync(Stop));
    }

    private Task<int> WriteMailsAsync() => servers.Services.GetRequiredService<IStepRunner>().RunAsync(
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
        await using var scope = servers.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("test"));
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Set<OutboxMessage>().AsNoTracking().ToListAsync(Stop);
    }

    private Process Start(int smtpPort, string? failpoint)
    {
        var server = servers.Start(
            failpoint,
            "--demo=false",
            "--urls=http://127.0.0.1:0",
            "--outboxLease=00:00:02",
            "--Mail:Host=127.0.0.1",
            $"--Mail:Port={smtpPort}",
            "--Mail:Security=None");
        server.BeginOutputReadLine();
        return server;
    }
}
