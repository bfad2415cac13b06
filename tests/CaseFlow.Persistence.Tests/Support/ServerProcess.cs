using System.Diagnostics;
using System.Globalization;

namespace CaseFlow.Persistence.Tests.Support;

/// <summary>A real second process on a test's database.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process) => this.process = process;

    /// <summary>Whether it was killed by a signal rather than ended.</summary>
    public bool WasKilled => process.HasExited && process.ExitCode == 128 + 9;

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(CaseFlowPersistenceOptions options, string node, string? mails = null, string? failpoint = null, int hoursAhead = 0)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        string[] words = [Path.Combine(AppContext.BaseDirectory, "CaseFlow.Persistence.TestProcess.dll"), options.Provider.ToString(), options.ConnectionString, options.KeyFile, node, mails ?? "", hoursAhead.ToString(CultureInfo.InvariantCulture)];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["CASEFLOW_FAILPOINT"] = failpoint ?? "";
        var started = new ServerProcess(Process.Start(start)!);
        Assert.Equal("ready", await started.process.StandardOutput.ReadLineAsync(TestHost.Stop));
        return started;
    }

    /// <summary>Lets it do one round; null if it died.</summary>
    public async Task<string?> RoundAsync(string job, int round = 0)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{job} {round}"));
            await process.StandardInput.FlushAsync(TestHost.Stop);
        }
        catch (IOException)
        {
            // Its input is closed: it died in an earlier round.
        }

        var answer = await process.StandardOutput.ReadLineAsync(TestHost.Stop);
        if (answer is null)
        {
            await process.WaitForExitAsync(TestHost.Stop);
        }

        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }
}
