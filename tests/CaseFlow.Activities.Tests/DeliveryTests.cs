using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Activities.Tests;

/// <summary>What is done after the commit may fail as it likes: it is tried again with growing pauses and never holds up a case.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task A_document_that_cannot_be_laid_out_is_tried_again_and_left_to_an_operator_while_the_case_goes_on()
    {
        var (time, renderer, mail) = (new StandingTime(), new Renderer { Broken = true }, new Mail());
        await using var host = await DibaoHost.OpenAsync("2026-03-02", services => Deliver(services, time, renderer, mail));
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await RunAsync(host, "pdf");
            var incident = await host.ReadAsync(w => w.Set<Incident>().SingleAsync(i => i.StepName == "document.render", DibaoHost.Stop));
            Assert.Equal(attempt, incident.Attempts);
            Assert.Equal(attempt < 5, incident.NextTryAt > time.GetUtcNow());

            await RunAsync(host, "pdf");
            Assert.Equal(attempt, await host.ReadAsync(w => w.Set<Incident>().Select(i => i.Attempts).SingleAsync(DibaoHost.Stop)));
            time.Pass(TimeSpan.FromHours(3));
        }

        await flow.VerifyAsync();
        await flow.SurveyAsync();
        Assert.Equal("PreliminaryOpinion", (await flow.CaseAsync()).Stage);
    }

    [Fact]
    public async Task A_mail_waits_for_its_document_and_goes_once_it_can_be_printed()
    {
        var (time, renderer, mail) = (new StandingTime(), new Renderer { Broken = true }, new Mail());
        await using var host = await DibaoHost.OpenAsync("2026-03-02", services => Deliver(services, time, renderer, mail));
        var form = Applications.CoupleWithChild();
        form["applicant"]!["electronicDelivery"] = true;
        var flow = await DibaoFlow.SubmitAsync(host, form);
        await flow.DoAsync("clerk", "acceptance", "Accept", []);

        await RunAsync(host, "outbox");
        Assert.Empty(mail.Sent);
        var waiting = await MessageAsync(host, MessageChannel.Mail);
        Assert.Equal((MessageState.Pending, 1), (waiting.State, waiting.Attempts));
        Assert.True(waiting.NotBefore > time.GetUtcNow());

        renderer.Broken = false;
        time.Pass(TimeSpan.FromMinutes(2));
        await RunAsync(host, "outbox");
        var sent = Assert.Single(mail.Sent);
        Assert.Equal(waiting.MessageKey.Trim('<', '>'), sent.MessageId);
        Assert.Single(sent.Attachments);
        Assert.Equal("您的申请已受理", sent.Subject);
        Assert.Equal(MessageState.Sent, (await MessageAsync(host, MessageChannel.Mail)).State);
    }

    [Fact]
    public async Task An_SMS_is_tried_again_under_the_same_key_and_says_nothing_that_others_should_not_read()
    {
        var (time, gateway) = (new StandingTime(), new Gateway { Answer = MailOutcome.TryLater });
        await using var host = await DibaoHost.OpenAsync("2026-03-02", services => WithSms(services, time, gateway));
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);

        await RunAsync(host, "sms");
        await RunAsync(host, "sms");
        Assert.Single(gateway.Calls);
        gateway.Answer = MailOutcome.Accepted;
        time.Pass(TimeSpan.FromMinutes(2));
        await RunAsync(host, "sms");
        await RunAsync(host, "sms");

        Assert.Equal(2, gateway.Calls.Count);
        Assert.Single(gateway.Calls.Select(c => c.Key).Distinct());
        Assert.All(gateway.Calls, c => Assert.Contains("已受理，预计2026年4月14日前办结", c.Text, StringComparison.Ordinal));
        Assert.All(gateway.Calls, c => Assert.DoesNotContain("低保", c.Text, StringComparison.Ordinal));
        Assert.Equal(MessageState.Sent, (await MessageAsync(host, MessageChannel.Sms)).State);
    }

    [Fact]
    public async Task An_SMS_that_is_refused_for_good_is_left_to_a_person()
    {
        var (time, gateway) = (new StandingTime(), new Gateway { Answer = MailOutcome.Refused });
        await using var host = await DibaoHost.OpenAsync("2026-03-02", services => WithSms(services, time, gateway));
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        await RunAsync(host, "sms");
        time.Pass(TimeSpan.FromDays(1));
        await RunAsync(host, "sms");

        Assert.Single(gateway.Calls);
        Assert.Equal(MessageState.Dead, (await MessageAsync(host, MessageChannel.Sms)).State);
    }

    [Theory]
    [InlineData("低保金已到账", "办件有消息")]
    [InlineData("有消息", "您的救助金820元已发放")]
    public void A_wording_that_names_the_benefit_where_others_read_it_is_refused(string subject, string sms)
    {
        var file = new JsonArray(new JsonObject { ["key"] = "confirmed", ["subject"] = subject, ["mail"] = "详情见通知书。", ["sms"] = sms });
        Assert.Contains("confirmed", Assert.Throws<FormatException>(() => MessageTemplates.Parse(file)).Message, StringComparison.Ordinal);
    }

    private static void Deliver(IServiceCollection services, StandingTime time, Renderer renderer, Mail mail) => services
        .AddSingleton<TimeProvider>(time)
        .AddSingleton<IDocumentPdfRenderer>(renderer)
        .AddSingleton<IMailTransport>(mail)
        .AddCaseFlowDueWork();

    private static void WithSms(IServiceCollection services, StandingTime time, Gateway gateway) => services
        .AddSingleton<TimeProvider>(time)
        .AddSingleton(new MessageOptions { Sms = true })
        .AddSingleton<ISmsGateway>(gateway)
        .AddCaseFlowDueWork();

    private static Task<int> RunAsync(DibaoHost host, string work) =>
        host.Get<IEnumerable<IDueWork>>().Single(w => w.Name == work).RunDueAsync(DibaoHost.Stop);

    private static Task<OutboxMessage> MessageAsync(DibaoHost host, MessageChannel channel) =>
        host.ReadAsync(w => w.Set<OutboxMessage>().AsNoTracking().SingleAsync(m => m.Channel == channel, DibaoHost.Stop));

    /// <summary>Machine time that stands until it is told to pass.</summary>
    private sealed class StandingTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

        public void Pass(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;
    }

    private sealed class Renderer : IDocumentPdfRenderer
    {
        public bool Broken { get; set; }

        public byte[] Render(string html, DocumentPdfOptions options) =>
            Broken ? throw new DocumentFormatException("character 𠮷", 0, "no font has it.") : [1, 2, 3];
    }

    private sealed class Mail : IMailTransport, IMailSession
    {
        public ConcurrentQueue<OutgoingMail> Sent { get; } = new();

        public Task<IMailSession> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<IMailSession>(this);

        public Task<MailResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            Sent.Enqueue(mail);
            return Task.FromResult(new MailResult(MailOutcome.Accepted, "250"));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Gateway : ISmsGateway
    {
        public MailOutcome Answer { get; set; }

        public ConcurrentQueue<(string Key, string Text)> Calls { get; } = new();

        public Task<MailResult> SendAsync(string key, string phone, string text, CancellationToken cancellationToken)
        {
            Calls.Enqueue((key, text));
            return Task.FromResult(new MailResult(Answer, ""));
        }
    }
}
