using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Messages;
using CaseFlow.Server.Background.Mail;
using MailKit.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseFlow.Server.Tests.Mail;

public sealed class Catching_mails_of_a_demo
{
    private static string Script => Path.Combine(MailCatcher.Repository(), "tools", "mail", "mail-catcher.mjs");

    [Fact]
    public async Task A_busy_page_port_is_avoided_mails_are_shown_and_the_process_ends_with_the_server()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;
        var folder = Directory.CreateTempSubdirectory("caseflow-demo-mail");
        using var http = new HttpClient();
        CatcherAddress address;
        await using (var catcher = new DemoMailCatcher(Script, folder.FullName, port, NullLogger<DemoMailCatcher>.Instance))
        {
            address = await catcher.StartAsync(TestContext.Current.CancellationToken);
            Assert.Same(address, await catcher.StartAsync(TestContext.Current.CancellationToken));
            Assert.NotEqual(port, address.Page.Port);

            var options = new MailOptions { Host = "127.0.0.1", Port = address.SmtpPort, Security = SecureSocketOptions.None };
            await using var session = await new MailKitTransport(options).OpenAsync(TestContext.Current.CancellationToken);
            var mail = new OutgoingMail("1@caseflow.local", "wang@example.cn", null, "您的申请已受理", "请登录查看。", null, [], DateTimeOffset.UnixEpoch);
            Assert.Equal(MailOutcome.Accepted, (await session.SendAsync(mail, TestContext.Current.CancellationToken)).Outcome);
            var shown = await http.GetFromJsonAsync<JsonArray>(new Uri(address.Page, "/api/mails"), TestContext.Current.CancellationToken);
            Assert.Equal("您的申请已受理", (string?)Assert.Single(shown!)!["subject"]);
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(address.Page, TestContext.Current.CancellationToken));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_the_script_it_says_what_to_do()
    {
        await using var catcher = new DemoMailCatcher("/nowhere/mail-catcher.mjs", Path.GetTempPath(), 0, NullLogger<DemoMailCatcher>.Instance);

        var fault = await Assert.ThrowsAsync<MailUnavailableException>(() => catcher.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Mail:Host", fault.Message);
    }

    [Fact]
    public async Task An_installation_without_a_mail_server_says_so()
    {
        var fault = await Assert.ThrowsAsync<MailUnavailableException>(() =>
            new MailKitTransport(new MailOptions()).OpenAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Mail:Host", fault.Message);
    }
}
