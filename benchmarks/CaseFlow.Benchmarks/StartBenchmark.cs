using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CaseFlow.Benchmarks;

/// <summary>
/// (e) How long an empty server takes until it answers, and how much memory it then holds: a process of its own on a new
/// SQLite file, once to make the database and once more with it there. The baseline is a .NET process that does nothing else
/// than answer <c>run-definition</c> without arguments.
/// </summary>
internal static class StartBenchmark
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Measures.</summary>
    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-bench");
        try
        {
            Report.Head("(e) start-up and memory, SQLite");
            var bare = await BareAsync();
            Report.Line("bare: a command that only prints its usage", bare, "s");
            foreach (var round in new[] { "first start, database made", "second start" })
            {
                var (seconds, megabytes) = await StartAsync(folder.FullName);
                Report.Line($"{round}: until it answers", seconds, "s", seconds / bare, "bare");
                Report.Line($"{round}: memory after ten requests", megabytes, "MB");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> BareAsync()
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(Server("run-definition"))!;
        await process.WaitForExitAsync();
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<(double Seconds, double Megabytes)> StartAsync(string folder)
    {
        var url = new Uri($"http://localhost:{FreePort()}");
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(Server("--demo", "false", "--data", folder, "--urls", url.ToString()))!;
        try
        {
            using var client = new HttpClient { BaseAddress = url };
            while (!await AnswersAsync(client))
            {
                if (process.HasExited || watch.Elapsed > Longest)
                {
                    throw new InvalidOperationException("The server did not come up.");
                }

                await Task.Delay(20);
            }

            var seconds = watch.Elapsed.TotalSeconds;
            for (var i = 0; i < 10; i++)
            {
                await AnswersAsync(client);
            }

            process.Refresh();
            return (seconds, process.WorkingSet64 / 1e6);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static ProcessStartInfo Server(params string[] arguments)
    {
        var project = Path.Combine(Samples.Root(), "src", "CaseFlow.Server");
        var program = Path.Combine(project, "bin", "Release", "net10.0", "CaseFlow.Server.dll");
        return new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = project,
            UseShellExecute = false,
            RedirectStandardOutput = false,
        };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
