using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CaseFlow.Browser.Tests.Support;

/// <summary>The server as its users start it: a process of its own on a free port, with a data folder of its own.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly Process process;
    private readonly string folder;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<string> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process, string folder)
    {
        this.process = process;
        this.folder = folder;
    }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What it has written so far.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="arguments">Arguments such as <c>--demo</c>, <c>false</c>, which makes the environment Production unless they name another.</param>
    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var project = Path.Combine(Repository.Root, "src", "CaseFlow.Server");
        var program = Path.Combine(project, "bin", Repository.Configuration, "net10.0", "CaseFlow.Server.dll");
        var data = Directory.CreateTempSubdirectory("caseflow-browser-").FullName;
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = project, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[program, "--urls", "http://127.0.0.1:0", "--data", data, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var server = new ServerProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, data);
        await server.RunAsync();
        return server;
    }

    /// <summary>Waits for a line of the server's output.</summary>
    /// <returns>The match.</returns>
    public async Task<Match> LineAsync(Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        using var end = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            if (pattern.Match(Output) is { Success: true } match)
            {
                return match;
            }
        }
        while (await timer.WaitForNextTickAsync(end.Token));
        throw new TimeoutException(Output);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        foreach (var path in new[] { folder, folder + "-keys" }.Where(Directory.Exists))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private async Task RunAsync()
    {
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The server ended before it listened:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Url = await listening.Task.WaitAsync(Patience);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(match.Groups["url"].Value);
        }
    }

    [GeneratedRegex(@"Now listening on: (?<url>http://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
