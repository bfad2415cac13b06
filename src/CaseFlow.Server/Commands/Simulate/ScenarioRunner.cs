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
            var at = step.Text("at");
            var dies = step.Has("kill") && acts.Find(step) is null;
            if (at is not null && !dies)
            {
                await MoveAsync(world, step, at, cancellationToken);
            }

            var result = await ActAsync(world, store, acts, step, index, differences, cancellationToken);
            if (at is not null && dies)
            {
                // The process died while time passed; another goes on from there.
                await MoveAsync(world, step, at, cancellationToken);
            }

            await world.Host.Mover.RunDueAsync(cancellationToken);
            await transcript.StepAsync(world, step, result);
            var found = await ScenarioChecks.RunAsync(world, step, result, baseline, cancellationToken);
            step.Text("note");
            if (!step.Has("kill") && result.Failure is null)
            {
                step.Done();
            }

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
        var page = step.Has("task") && !step.Has("page") ? TaskAct.Last : null;
        if (step.Text("request") is { } name)
        {
            page = page is null ? null : Keep(world, page, $"request {name}");
            world.Requests[name] = new SentRequest(step, operation, page, result);
        }

        if (step.Flag("twice"))
        {
            await AgainAct.RepeatAsync(world, acts, step, new SentRequest(step, operation, page, result), differences, cancellationToken);
        }

        if (acts.Find(step) is AgainAct)
        {
            var first = world.Requests.TryGetValue(step.Required("again"), out var sent)
                ? sent
                : throw step.Error($"no request '{step.Required("again")}' was sent. Named by 'request': {string.Join(", ", world.Requests.Keys)}.");
            await AgainAct.RepeatAsync(world, acts, step, first, differences, cancellationToken);
        }

        return result;
    }

    private static string Keep(ScenarioWorld world, string page, string name)
    {
        if (world.Pages.TryGetValue(page, out var seen))
        {
            world.Pages[name] = seen;
        }

        return name;
    }

    private static Task MoveAsync(ScenarioWorld world, YamlMap step, string at, CancellationToken cancellationToken) =>
        world.Host.Mover.MoveToAsync(ScenarioTime.Parse(at, step.Place), step.Place, cancellationToken);
}
