using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.People;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class OutboxOnSqlite() : OutboxTests(DatabaseKind.Sqlite);

[Trait("needs", "postgres")]
public sealed class OutboxOnPostgres() : OutboxTests(DatabaseKind.Postgres);

public abstract class OutboxTests(DatabaseKind kind)
{
    private static readonly MailResult Accepted = new(MailOutcome.Accepted, "250 OK");

    [Fact]
    public async Task Several_processes_never_lease_the_same_mail()
    {
        await using var host = await TestHost.StartAsync(kind);
        await using var other = host.Second();
        await WriteAsync(host, 60);
        var leased = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Queue(i % 2 == 0 ? host : other).LeaseAsync(10, TestHost.Stop)));
        var ids = leased.SelectMany(l => l).Select(m => m.Id).ToList();
        Assert.Equal(60, ids.Count);
        Assert.Equal(60, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_leased_mail_carries_the_address_of_the_registry_now()
    {
        await using var host = await TestHost.StartAsync(kind);
        await WriteAsync(host, 1);
        await host.StepAsync(async (db, _) => (await db.Set<Person>().SingleAsync(TestHost.Stop)).Email = "new@example.org");
        var mail = Assert.Single(await Queue(host).LeaseAsync(10, TestHost.Stop));
        Assert.Equal(("new@example.org", "张建国", "正文 0"), (mail.To, mail.ToName, mail.Body));
    }

    [Fact]
    public async Task An_accepted_mail_is_sent_and_never_leased_again()
    {
        await using var host = await TestHost.StartAsync(kind);
        await WriteAsync(host, 1);
        var mail = await HandOverAsync(host);
        await Queue(host).RecordAsync(mail, Accepted, TestHost.Stop);
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await Queue(host).LeaseAsync(10, TestHost.Stop));
        var row = await RowAsync(host);
        Assert.Equal((MessageState.Sent, 1, false), (row.State, row.Attempts, row.DeliveryUncertain));
        Assert.NotNull(row.SentAt);
    }

    [Fact]
    public async Task A_mail_whose_process_died_before_the_hand_over_is_simply_sent_later()
    {
        await using var host = await TestHost.StartAsync(kind);
        await WriteAsync(host, 1);
        await Queue(host).LeaseAsync(10, TestHost.Stop);
        Assert.Empty(await Queue(host).LeaseAsync(10, TestHost.Stop));
        host.Time.Advance(host.Options.OutboxLease);
        Assert.Single(await Queue(host).LeaseAsync(10, TestHost.Stop));
        var row = await RowAsync(host);
        Assert.Equal((MessageState.Pending, 0, false), (row.State, row.Attempts, row.DeliveryUncertain));
    }

    [Fact]
    public async Task A_mail_whose_process_died_after_the_hand_over_is_uncertain_and_sent_again_under_the_same_key()
    {
        await using var host = await TestHost.StartAsync(kind);
        await WriteAsync(host, 1);
        var first = await HandOverAsync(host);
        host.Time.Advance(host.Options.OutboxLease);
        var second = Assert.Single(await Queue(host).LeaseAsync(10, TestHost.Stop));
        Assert.Equal(first.MessageKey, second.MessageKey);
        Assert.Equal(MessageState.Uncertain, (await RowAsync(host)).State);
        Assert.True(await Queue(host).BeginHandOverAsync(second, TestHost.Stop));
        await Queue(host).RecordAsync(second, Accepted, TestHost.Stop);
        var row = await RowAsync(host);
        Assert.Equal((MessageState.Sent, true), (row.State, row.DeliveryUncertain));
    }

    [Fact]
    public async Task Who_lost_the_lease_can_neither_hand_over_nor_record()
    {
        await using var host = await TestHost.StartAsync(kind);
        await WriteAsync(host, 1);
        var late = Assert.Single(await Queue(host).LeaseAsync(10, TestHost.Stop));
        host.Time.Advance(host.Options.OutboxLease);
        var now = Assert.Single(await Queue(host).LeaseAsync(10, TestHost.Stop));
        Assert.False(await Queue(host).BeginHandOverAsync(late, TestHost.Stop));
        Assert.True(await Queue(host).BeginHandOverAsync(now, TestHost.Stop));
        await Queue(host).RecordAsync(late, new MailResult(MailOutcome.Refused, "550"), TestHost.Stop);
        Assert.Equal(MessageState.Pending, (await RowAsync(host)).State);
    }

    [Fact]
    public async Task A_refused_mail_is_dead_with_the_servers_words()
    {
        await using var host = await TestHost.StartAsync(kind);
        await WriteAsync(host, 1);
        await Queue(host).RecordAsync(await HandOverAsync(host), new MailResult(MailOutcome.Refused, "550 no such user"), TestHost.Stop);
        var row = await RowAsync(host);
        Assert.Equal((MessageState.Dead, "550 no such user"), (row.State, row.LastError));
    }

    [Fact]
    public async Task A_mail_that_is_refused_for_now_is_tried_later_and_later_and_at_last_is_dead()
    {
        await using var host = await TestHost.StartAsync(kind);
        await WriteAsync(host, 1);
        var waits = new List<TimeSpan>();
        for (var attempt = 1; (await RowAsync(host)).State != MessageState.Dead; attempt++)
        {
            Assert.True(attempt <= 12, "tried too often");
            await Queue(host).RecordAsync(await HandOverAsync(host), new MailResult(MailOutcome.TryLater, "451"), TestHost.Stop);
            var wait = (await RowAsync(host)).NotBefore - host.Time.GetUtcNow();
            waits.Add(wait);
            Assert.Empty(await Queue(host).LeaseAsync(10, TestHost.Stop));
            host.Time.Advance(TimeSpan.FromHours(8));
        }

        Assert.Equal(12, waits.Count);
        Assert.InRange(waits[0], TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(36));
        Assert.InRange(waits[4], TimeSpan.FromSeconds(384), TimeSpan.FromSeconds(576));
    }

    private static IOutboxQueue Queue(TestHost host) => host.Services.GetRequiredService<IOutboxQueue>();

    private static Task<OutboxMessage> RowAsync(TestHost host) => host.ReadAsync(db => db.Set<OutboxMessage>().SingleAsync(TestHost.Stop));

    private static async Task<LeasedMail> HandOverAsync(TestHost host)
    {
        var mail = Assert.Single(await Queue(host).LeaseAsync(10, TestHost.Stop));
        Assert.True(await Queue(host).BeginHandOverAsync(mail, TestHost.Stop));
        return mail;
    }

    private static async Task WriteAsync(TestHost host, int count)
    {
        var opened = await Given.CaseAsync(host);
        await host.StepAsync(async (db, _) =>
        {
            (await db.Set<Person>().SingleAsync(TestHost.Stop)).Email = "zhang@example.org";
            for (var i = 0; i < count; i++)
            {
                db.Set<OutboxMessage>().Add(new OutboxMessage
                {
                    EventKey = $"{opened.Id}/event/{i}/mail",
                    MessageKey = $"<{i}@caseflow.local>",
                    Channel = MessageChannel.Mail,
                    CaseId = opened.Id,
                    PersonId = opened.ApplicantId,
                    Subject = "办件有新的消息",
                    Body = $"正文 {i}",
                    NotBefore = host.Time.GetUtcNow(),
                });
            }

            return 0;
        });
    }
}
