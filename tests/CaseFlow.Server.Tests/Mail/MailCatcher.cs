using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Messages;
using CaseFlow.Server.Background.Mail;
using MailKit.Security;

namespace CaseFlow.Server.Tests.Mail;

/// <summary>The real mail catcher of the demo in a process of its own, on free ports; ends with its standard input.</summary>
internal sealed class MailCatcher : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _page;

    private MailCatcher(Process process, DirectoryInfo folder, int smtp, int http)
    {
        _process = process;
        _folder = folder;
        SmtpPort = smtp;
        _page = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
    }

    public int SmtpPort { get; }

    public HttpClient Page => _page;

    public static async Task<MailCatcher> StartAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-mail");
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(Repository(), "tools", "mail", "mail-catcher.mjs"), "--dir", folder.FullName, "--smtp", "0", "--http", "0", "--exit-with-stdin" },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var ports = JsonDocument.Parse(line ?? throw new InvalidOperationException("The mail catcher said nothing.")).RootElement;
        return new MailCatcher(process, folder, ports.GetProperty("smtp").GetInt32(), ports.GetProperty("http").GetInt32());
    }

    public MailOptions Options(SecureSocketOptions security = SecureSocketOptions.None) =>
        new() { Host = "127.0.0.1", Port = SmtpPort, Security = security, FromAddress = "noreply@caseflow.local", FromName = "区民政局" };

    /// <summary>The catcher's certificate is public: known by its subject here, trusted nowhere else.</summary>
    public static bool IsItsCertificate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate?.Subject.Contains("localhost", StringComparison.Ordinal) == true;

    public async Task<JsonArray> MailsAsync() =>
        (await _page.GetFromJsonAsync<JsonArray>("/api/mails", TestContext.Current.CancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CaseFlow.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("CaseFlow.sln was not found above the tests.");
        }

        return folder.FullName;
    }
}
