using System.Net;
using CaseFlow.Cases.Messages;
using CaseFlow.Server.Background.Mail;
using MailKit.Security;

namespace CaseFlow.Server.Tests.Mail;

public sealed class Sending_mail
{
    private static OutgoingMail Mail(string to, string id = "0197a0b0-0000-7000-8000-000000000001@caseflow.local") => new(
        $"<{id}>", to, "王秀兰", "您的申请有结果了", "请看附件。", "<p>请看<b>附件</b>。</p>",
        [new MailAttachment("通知书.pdf", "application/pdf", "%PDF-1.7 演示"u8.ToArray())],
        new DateTimeOffset(2026, 6, 15, 9, 0, 0, TimeSpan.FromHours(8)));

    private static async Task<MailResult> SendAsync(MailOptions options, OutgoingMail mail)
    {
        await using var session = await new MailKitTransport(options).OpenAsync(TestContext.Current.CancellationToken);
        return await session.SendAsync(mail, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_mail_arrives_with_its_fixed_Message_ID_subject_and_attachment()
    {
        await using var catcher = await MailCatcher.StartAsync();

        var result = await SendAsync(catcher.Options(), Mail("wang@example.cn"));

        Assert.Equal(MailOutcome.Accepted, result.Outcome);
        var mail = Assert.Single(await catcher.MailsAsync())!;
        Assert.Equal("<0197a0b0-0000-7000-8000-000000000001@caseflow.local>", (string?)mail["messageId"]);
        Assert.Equal("您的申请有结果了", (string?)mail["subject"]);
        Assert.Contains("wang@example.cn", (string?)mail["to"]);
        Assert.Equal("通知书.pdf", (string?)mail["attachments"]![0]!["fileName"]);
        Assert.Equal("2026-06-15T01:00:00.000Z", (string?)mail["date"]);
    }

    [Fact]
    public async Task The_page_shows_the_mail_and_hands_out_its_attachment_safely()
    {
        await using var catcher = await MailCatcher.StartAsync();
        await SendAsync(catcher.Options(), Mail("wang@example.cn"));
        var id = (string?)(await catcher.MailsAsync())[0]!["id"];
        var cancellation = TestContext.Current.CancellationToken;

        Assert.Contains("您的申请有结果了", WebUtility.HtmlDecode(await catcher.Page.GetStringAsync("/", cancellation)));
        using var html = await catcher.Page.GetAsync($"/mail/{id}/html", cancellation);
        Assert.Contains("<b>附件</b>", await html.Content.ReadAsStringAsync(cancellation));
        Assert.StartsWith("sandbox", html.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("%PDF-1.7 演示"u8.ToArray(), await catcher.Page.GetByteArrayAsync($"/mail/{id}/attachment/0", cancellation));
        using var outside = await catcher.Page.GetAsync("/mail/..%2F..%2Fetc%2Fpasswd", cancellation);
        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
    }

    [Fact]
    public async Task A_refused_receiver_is_refused_for_good_and_the_batch_goes_on()
    {
        await using var catcher = await MailCatcher.StartAsync("--refuse", "^nobody@", "--delay", "^full@");
        await using var session = await new MailKitTransport(catcher.Options()).OpenAsync(TestContext.Current.CancellationToken);

        var refused = await session.SendAsync(Mail("nobody@example.cn", "1@x"), TestContext.Current.CancellationToken);
        var later = await session.SendAsync(Mail("full@example.cn", "2@x"), TestContext.Current.CancellationToken);
        var malformed = await session.SendAsync(Mail("not an address\r\nBcc: all@example.cn", "3@x"), TestContext.Current.CancellationToken);
        var accepted = await session.SendAsync(Mail("wang@example.cn", "4@x"), TestContext.Current.CancellationToken);

        Assert.Equal(MailOutcome.Refused, refused.Outcome);
        Assert.StartsWith("550", refused.Answer);
        Assert.Equal(MailOutcome.TryLater, later.Outcome);
        Assert.Equal(MailOutcome.Refused, malformed.Outcome);
        Assert.Equal(MailOutcome.Accepted, accepted.Outcome);
        Assert.Equal("<4@x>", (string?)Assert.Single(await catcher.MailsAsync())!["messageId"]);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_content_leaves_the_delivery_uncertain_and_the_next_mail_gets_a_new_one()
    {
        await using var catcher = await MailCatcher.StartAsync("--drop", "^lost@");
        await using var session = await new MailKitTransport(catcher.Options()).OpenAsync(TestContext.Current.CancellationToken);

        var lost = await session.SendAsync(Mail("lost@example.cn", "1@x"), TestContext.Current.CancellationToken);
        var next = await session.SendAsync(Mail("wang@example.cn", "2@x"), TestContext.Current.CancellationToken);

        Assert.Equal(MailOutcome.Uncertain, lost.Outcome);
        Assert.Equal(MailOutcome.Accepted, next.Outcome);
        Assert.Equal(2, (await catcher.MailsAsync()).Count);
    }

    [Fact]
    public async Task Signing_in_over_STARTTLS_works_and_a_wrong_password_is_told_before_anything_is_sent()
    {
        await using var catcher = await MailCatcher.StartAsync("--auth", "caseflow:secret");
        var options = catcher.Options(SecureSocketOptions.StartTls);
        options.UserName = "caseflow";
        options.Password = "secret";

        await using (var session = await new MailKitTransport(options, MailCatcher.IsItsCertificate).OpenAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(MailOutcome.Accepted, (await session.SendAsync(Mail("wang@example.cn"), TestContext.Current.CancellationToken)).Outcome);
        }

        options.Password = "wrong";
        await Assert.ThrowsAsync<MailUnavailableException>(() =>
            new MailKitTransport(options, MailCatcher.IsItsCertificate).OpenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_unknown_certificate_is_not_trusted()
    {
        await using var catcher = await MailCatcher.StartAsync();

        await Assert.ThrowsAsync<MailUnavailableException>(() =>
            new MailKitTransport(catcher.Options(SecureSocketOptions.StartTls)).OpenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        int port;
        await using (var catcher = await MailCatcher.StartAsync())
        {
            port = catcher.SmtpPort;
        }

        var transport = new MailKitTransport(new MailOptions { Host = "127.0.0.1", Port = port, Security = SecureSocketOptions.None });

        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.OpenAsync(TestContext.Current.CancellationToken));
    }
}
