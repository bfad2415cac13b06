using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CaseFlow.Cases.Messages;

namespace CaseFlow.Server.Background.Mail;

/// <summary>Where the demo's catcher listens.</summary>
/// <param name="SmtpPort">Port for mails, on the loopback interface.</param>
/// <param name="Page">The page that shows them.</param>
internal sealed record CatcherAddress(int SmtpPort, Uri Page);

/// <summary>
/// Catches the mails of a demo: <c>tools/mail/mail-catcher.mjs</c> in a process of its own, started when it is first
/// needed. It ends when its standard input closes, so it never outlives this process, however that ends.
/// </summary>
/// <param name="script">The script.</param>
/// <param name="folder">Folder for the mails; it is made if missing.</param>
/// <param name="pagePort">Wanted port of the page; a free one is taken, and told, where another program listens there.</param>
/// <param name="log">Tells where the page is if it is not where it was wanted.</param>
internal sealed partial class DemoMailCatcher(string script, string folder, int pagePort, ILogger<DemoMailCatcher> log) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private Process? _process;
    private CatcherAddress? _address;

    /// <summary>Address of the catcher, which is running afterwards.</summary>
    /// <exception cref="MailUnavailableException">Node or the script is missing, or it does not start.</exception>
    public async Task<CatcherAddress> StartAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_address is null || _process is null or { HasExited: true })
            {
                _process?.Dispose();
                _address = await LaunchAsync(pagePort, cancellationToken) ?? await LaunchElsewhereAsync(cancellationToken);
            }

            return _address;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        _starting.Dispose();
    }

    private async Task<CatcherAddress> LaunchElsewhereAsync(CancellationToken cancellationToken)
    {
        var address = await LaunchAsync(0, cancellationToken) ?? throw new MailUnavailableException($"{script} does not start.");
        TellElsewhere(log, pagePort, address.Page);
        return address;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "端口 {Port} 已被占用，演示邮件改在 {Page}（页面上方的“演示邮件”会带您去）。 Port {Port} is taken; the demo's mails are at {Page}.")]
    private static partial void TellElsewhere(ILogger logger, int port, Uri page);

    /// <returns>Null if it ended at once, as when the port is in use.</returns>
    private async Task<CatcherAddress?> LaunchAsync(int port, CancellationToken cancellationToken)
    {
        if (!File.Exists(script))
        {
            throw new MailUnavailableException($"{script} is missing: set Mail:Host.");
        }

        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { script, "--dir", folder, "--smtp", "0", "--http", port.ToString(CultureInfo.InvariantCulture), "--exit-with-stdin" },
        };
        try
        {
            _process = Process.Start(start);
        }
        catch (Win32Exception e)
        {
            throw new MailUnavailableException("Node is missing, which catches the mails of a demo: install it, or set Mail:Host.", e);
        }

        _process!.BeginErrorReadLine();
        if (await _process.StandardOutput.ReadLineAsync(cancellationToken) is not { } line)
        {
            _process.Dispose();
            _process = null;
            return null;
        }

        // By its number and not as "localhost", where a program that listens on the other family of addresses would answer.
        var ports = JsonDocument.Parse(line).RootElement;
        return new CatcherAddress(ports.GetProperty("smtp").GetInt32(), new Uri($"http://127.0.0.1:{ports.GetProperty("http").GetInt32()}/"));
    }
}
