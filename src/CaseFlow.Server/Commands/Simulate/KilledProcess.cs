using System.Diagnostics;
using System.Text.Json;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Commands.Simulate.Acts;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>
/// A step is done by a process of its own that is killed at a failpoint, as by a power cut. Afterwards the scenario goes on
/// with what the database holds.
/// </summary>
internal static class KilledProcess
{
    /// <summary>The argument by which the child is called.</summary>
    public const string Argument = "--continue";

    /// <summary>Runs the step in a child and waits until it is dead.</summary>
    public static async Task<ActResult> RunAsync(ScenarioWorld world, ScenarioStore store, YamlMap step, int index, string point, CancellationToken cancellationToken)
    {
        var state = new ChildState(
            world.Scenario.File,
            world.Root,
            index,
            store.Folder,
            store.Connection,
            world.Host.Time.Standing,
            world.CurrentCase,
            world.Accounts.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            world.Organisations.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            world.Cases.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            world.Remembered,
            world.Scenario.Steps[index].Has("at") && new ActTable().Find(step) is null ? step.Text("at") : null);
        var file = Path.Combine(store.Folder, $"child-{index}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(state), cancellationToken);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { typeof(KilledProcess).Assembly.Location, "simulate", Argument, file })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CASEFLOW_FAILPOINT"] = point;
        using var child = Process.Start(start) ?? throw step.Error("the child process did not start.");
        var output = child.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = child.StandardError.ReadToEndAsync(cancellationToken);
        await child.WaitForExitAsync(cancellationToken);
        world.Host.Time.Skip(ScenarioStore.Lease * 1.5);
        world.Host.Mailbox.Reload();
        return child.ExitCode is 0 or 1 or 2
            ? throw step.Error($"the process was not killed at '{point}'; it ended with {child.ExitCode}: {await output}{await error}")
            : new ActResult($"the process was killed at {point}");
    }

    /// <summary>What the child does: the one step, on the parent's database.</summary>
    public static async Task<int> ChildAsync(string file, CancellationToken cancellationToken)
    {
        var state = JsonSerializer.Deserialize<ChildState>(await File.ReadAllTextAsync(file, cancellationToken))!;
        var world = new ScenarioWorld(Scenario.Read(state.Scenario), state.Root) { CurrentCase = state.CurrentCase };
        Take(state.Accounts, world.Accounts);
        Take(state.Organisations, world.Organisations);
        Take(state.Cases, world.Cases);
        foreach (var (key, value) in state.Remembered)
        {
            world.Remembered[key] = value;
        }

        world.Host = await ScenarioHost.StartAsync(new ScenarioStore(state.Folder, state.Connection), new ScenarioTime(state.MachineTime), cancellationToken);
        await using var host = world.Host;
        if (state.MoveTo is { } moment)
        {
            await world.Host.Mover.MoveToAsync(ScenarioTime.Parse(moment, "child"), "child", cancellationToken);
        }

        var step = world.Scenario.Steps[state.Step].With(world.Fill);
        var result = await new ActTable().DoAsync(world, step, null, Guid.CreateVersion7(), cancellationToken);
        await world.Host.Mover.RunDueAsync(cancellationToken);
        Console.WriteLine(result.Told);
        return result.Failure is null ? 0 : 1;
    }

    private static void Take<T>(Dictionary<string, string> from, IDictionary<string, Id<T>> to)
    {
        foreach (var (key, value) in from)
        {
            to[key] = Id<T>.Parse(value);
        }
    }

    private sealed record ChildState(
        string Scenario,
        string Root,
        int Step,
        string Folder,
        string Connection,
        DateTimeOffset MachineTime,
        string? CurrentCase,
        Dictionary<string, string> Accounts,
        Dictionary<string, string> Organisations,
        Dictionary<string, string> Cases,
        Dictionary<string, string> Remembered,
        string? MoveTo);
}
