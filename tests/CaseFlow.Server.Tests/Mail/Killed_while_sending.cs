using System.Diagnostics;
using System.Net.Http.Json;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;
using CaseFlow.Server.Tests.Simulators;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Simulators.Sms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.Mail;

/// <summary>
/// The real server on a real PostgreSQL sends through a real SMTP server, or an SMS gateway over HTTP, and is killed (SIGKILL)
/// before a message goes out, after it was accepted, and after that was recorded. Then three servers finish what is left.
/// </summary>
[Trait("needs", "postgres")]
public sealed class Killed_while_sending : IAsyncLifetime
{
    private readonly ServersOnPostgres servers = new();

    private const int Messages = 12;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => servers.InitializeAsync();

    public ValueTask DisposeAsync() => servers.DisposeAsync();

    [Fact]
    public async Task No_Message_ID_is_missing_and_only_an_uncertain_one_comes_twice()
    {
        await using var catcher = await MailCatcher.StartAsync();
        await WriteMailsAsync();
        string[] smtp = ["--Mail:Host=127.0.0.1", $"--Mail:Port={catcher.SmtpPort}", "--Mail:Security=None"];
        foreach (var failpoint in new[] { "outbox.before-send:3", "outbox.after-accept:3", "outbox.after-record:3" })
        {
            using var dying = Start(failpoint, smtp);
            await dying.WaitForExitAsync(Stop);
            Assert.True(dying.ExitCode == 128 + 9, $"{failpoint}: {dying.ExitCode} {servers.Errors}");
        }

        await LetThreeFinishAsync(smtp);

        var ids = (await catcher.MailsAsync()).Select(m => (string)m!["messageId"]!).ToList();
        var rows = await ReadAsync();
        Assert.Equal(rows.Select(r => r.MessageKey).Order(StringComparer.Ordinal), ids.Distinct().Order(StringComparer.Ordinal));
        var twice = Assert.Single(ids.GroupBy(id => id), g => g.Count() > 1);
        Assert.Equal(2, twice.Count());
        Assert.True(rows.Single(r => r.MessageKey == twice.Key).DeliveryUncertain);
        Assert.Equal(0, await servers.VerifyAsync(Stop));
    }

    [Fact]
    public async Task No_SMS_is_lost_and_the_gateway_knows_the_uncertain_one_by_its_key()
    {
        await using var gateway = await SimulatorHost.StartAsync();
        await WriteTextsAsync();
        string[] sms = [$"--Sms:BaseUrl={new Uri(gateway.Http.BaseAddress!, "/simulators/sms")}"];
        foreach (var failpoint in new[] { "sms.before-send:3", "sms.after-accept:3" })
        {
            using var dying = Start(failpoint, sms);
            await dying.WaitForExitAsync(Stop);
            Assert.True(dying.ExitCode == 128 + 9, $"{failpoint}: {dying.ExitCode} {servers.Errors}");
        }

        await LetThreeFinishAsync(sms);

        var rows = await ReadAsync();
        var kept = (await gateway.Http.GetFromJsonAsync<List<KeptSms>>("/simulators/sms/messages", Stop))!;
        Assert.Equal(rows.Select(r => r.MessageKey.Trim('<', '>')).Order(StringComparer.Ordinal), kept.Select(m => m.Key).Order(StringComparer.Ordinal));
        var twice = Assert.Single(kept, m => m.TimesReceived > 1);
        Assert.Equal(2, twice.TimesReceived);
        Assert.True(rows.Single(r => r.MessageKey == $"<{twice.Key}>").DeliveryUncertain);
        Assert.Equal(0, await servers.VerifyAsync(Stop));
    }

    private Task<int> WriteMailsAsync() => WriteAsync(MessageChannel.Mail, work =>
    {
        var account = work.Set<Account>().Add(new Account { UserName = "wang", NormalizedUserName = "WANG", Email = "wang@example.cn" }).Entity;
        return message => message.AccountId = account.Id;
    });

    private Task<int> WriteTextsAsync() => WriteAsync(MessageChannel.Sms, work =>
    {
        var person = work.Set<Person>().Add(new Person { Name = "王秀兰", IdNumber = "220502196001011237", Phone = "13904350001" }).Entity;
        return message => message.PersonId = person.Id;
    });

    private Task<int> WriteAsync(MessageChannel channel, Func<IUnitOfWork, Action<OutboxMessage>> receiver) =>
        servers.Services.GetRequiredService<IStepRunner>().RunAsync(
            new Step("test", Actor.System("test")),
            (services, _) =>
            {
                var work = services.GetRequiredService<IUnitOfWork>();
                var address = receiver(work);
                for (var i = 0; i < Messages; i++)
                {
                    var message = new OutboxMessage
                    {
                        EventKey = $"test/{i}",
                        MessageKey = $"<{i}@caseflow.local>",
                        Channel = channel,
                        Subject = "办件有新的消息",
                        Body = "请登录查看。",
                        CreatedAt = new DateTimeOffset(2026, 6, 15, 9, 0, 0, TimeSpan.FromHours(8)),
                    };
                    address(message);
                    work.Set<OutboxMessage>().Add(message);
                }

                return Task.FromResult(Messages);
            },
            Stop);

    private async Task LetThreeFinishAsync(string[] transport)
    {
        await using var sent = await RowsThatBecomeSent.ListenAsync(servers.ConnectionString, Stop);
        Process[] three = [.. Enumerable.Range(0, 3).Select(_ => Start(null, transport))];
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

    private async Task<List<OutboxMessage>> ReadAsync()
    {
        await using var scope = servers.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("test"));
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Set<OutboxMessage>().AsNoTracking().ToListAsync(Stop);
    }

    private Process Start(string? failpoint, string[] transport)
    {
        var server = servers.Start(failpoint, ["--demo=false", "--urls=http://127.0.0.1:0", "--outboxLease=00:00:02", .. transport]);
        server.BeginOutputReadLine();
        return server;
    }
}
