using System.Diagnostics;
using System.Text;

namespace CaseFlow.Server.Tests.Support;

/// <summary>The built server's executable, started as an operator would start it; what it says is kept.</summary>
internal sealed class BuiltServer : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();
    private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BuiltServer(Process process, string? awaited)
    {
        this.process = process;
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (said)
            {
                said.AppendLine(line.Data);
            }

            if (line.Data is null || (awaited is not null && line.Data.Contains(awaited, StringComparison.Ordinal)))
            {
                heard.TrySetResult();
            }
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Output and errors so far.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts it.</summary>
    /// <param name="failpoint">Where it is to be killed; null for nowhere.</param>
    /// <param name="awaited">What <see cref="HeardAsync"/> waits for.</param>
    /// <param name="arguments">Its arguments.</param>
    public static BuiltServer Start(string? failpoint, string? awaited, params string[] arguments)
    {
        var project = Repository.Path("src", "CaseFlow.Server");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = project,
        };
        foreach (var argument in arguments.Prepend(Path.Combine(project, "bin", "Debug", "net10.0", "CaseFlow.Server.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CASEFLOW_FAILPOINT"] = failpoint ?? "";
        return new BuiltServer(Process.Start(start)!, awaited);
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var command = Start(null, null, arguments);
        return (await command.EndAsync(), command.Said);
    }

    /// <summary>Waits until it has said what is awaited, or has closed its output.</summary>
    public Task HeardAsync() => heard.Task.WaitAsync(Stop);

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Stop);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code; 137 after a failpoint.</returns>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync(Stop);
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
