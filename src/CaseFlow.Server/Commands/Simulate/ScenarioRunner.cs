using CaseFlow.Server.Commands.Simulate.Acts;
using CaseFlow.Server.Commands.Simulate.Checks;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>What came of a scenario.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Covers">What it covers.</param>
/// <param name="Differences">Differences; empty if everything held.</param>
/// <param name="Transcript">The readable transcript.</param>
internal sealed record ScenarioOutcome(string Name, IReadOnlyList<string> Covers, IReadOnlyList<string> Differences, string Transcript)
{
    /// <summary>Whether everything held.</summary>
    public bool Holds => Differences.Count == 0;
}

/// <summary>Runs one scenario on a database of its own.</summary>
internal static class ScenarioRunner
{
    /// <summary>Runs a file. Whatever goes wrong is a difference; nothing is thrown but cancellation.</summary>
    /// <param name="file">The scenario.</param>
    /// <param name="root">Folder with policy, workflows and templates.</param>
    /// <param name="postgres">Connection string of a PostgreSQL administrator; null for SQLite.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ScenarioOutcome> RunAsync(string file, string root, string? postgres, CancellationToken cancellationToken)
    {
        var transcript = new Transcript();
        var differences = new List<string>();
        Scenario? scenario = null;
        try
        {
            scenario = Scenario.Read(file);
            await using var store = await ScenarioStore.CreateAsync(postgres, cancellationToken);
            var world = new ScenarioWorld(scenario, root);
            world.Host = await ScenarioHost.StartAsync(store, new ScenarioTime(TimeProvider.System.GetUtcNow()), cancellationToken);
            try
            {
                await ScenarioSetup.RunAsync(world, cancellationToken);
                await StepsAsync(world, store, transcript, differences, cancellationToken);
            }
            finally
            {
                await world.Host.DisposeAsync();
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var message = failure is ScenarioException ? failure.Message : failure.ToString();
            differences.Add(message);
            transcript.Difference(message);
        }

        return new ScenarioOutcome(scenario?.Name ?? Path.GetFileName(file), scenario?.Covers ?? [], differences, transcript.ToString());
    }

    private static async Task StepsAsync(ScenarioWorld world, ScenarioStore store, Transcript transcript, List<string> differences, CancellationToken cancellationToken)
    {
        var acts = new ActTable();
        for (var index = 0; index < world.Scenario.Steps.Count; index++)
        {
            var step = world.Scenario.Steps[index].With(world.Fill);
            var baseline = await Baseline.TakeAsync(world);
            if (step.Text("at") is { } at)
            {
                await world.Host.Mover.MoveToAsync(ScenarioTime.Parse(at, step.Place), step.Place, cancellationToken);
            }

            var result = await ActAsync(world, store, acts, step, index, differences, cancellationToken);
            await world.Host.Mover.RunDueAsync(cancellationToken);
            await transcript.StepAsync(world, step, result);
            var found = await ScenarioChecks.RunAsync(world, step, result, baseline, cancellationToken);
            step.Text("note");
            step.Done();
            found.ToList().ForEach(transcript.Difference);
            differences.AddRange(found);
            if (result.Failure is not null && found.Count > 0)
            {
                transcript.Difference("the scenario stops here, because what follows rests on this step");
                return;
            }
        }
    }

    private static async Task<ActResult> ActAsync(
        ScenarioWorld world, ScenarioStore store, ActTable acts, YamlMap step, int index, List<string> differences, CancellationToken cancellationToken)
    {
        if (step.Text("kill") is { } point)
        {
            return await KilledProcess.RunAsync(world, store, step, index, point, cancellationToken);
        }

        var operation = Guid.CreateVersion7();
        var result = await acts.DoAsync(world, step, null, operation, cancellationToken);
        if (step.Flag("twice"))
        {
            await RepeatAsync(world, acts, step, operation, result, differences, cancellationToken);
        }

        return result;
    }

    /// <summary>The same request comes again: it must be answered alike and change nothing.</summary>
    private static async Task RepeatAsync(
        ScenarioWorld world, ActTable acts, YamlMap step, Guid operation, ActResult first, List<string> differences, CancellationToken cancellationToken)
    {
        var before = await Baseline.TakeAsync(world);
        var page = step.Has("task") && !step.Has("page") ? TaskAct.Last : null;
        var again = await acts.DoAsync(world, step.Again(), page, operation, cancellationToken);
        var after = await Baseline.TakeAsync(world);
        if (again.Failure is not null || again.Told != first.Told)
        {
            differences.Add($"{step.Place}: the repeated request should have been answered '{first.Told}' and was '{again.Told}'");
        }

        if (!before.Documents.SetEquals(after.Documents) || !before.Messages.SetEquals(after.Messages) || !before.Audit.OrderBy(a => a.Key).SequenceEqual(after.Audit.OrderBy(a => a.Key)))
        {
            differences.Add($"{step.Place}: the repeated request should have changed nothing");
        }
    }
}
