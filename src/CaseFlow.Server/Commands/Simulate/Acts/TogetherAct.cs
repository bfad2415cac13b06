using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>Several people act at the same moment; each is a step of its own and they race.</summary>
internal sealed class TogetherAct(ActTable acts) : IAct
{
    public string Key => "together";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var steps = step.Maps("together");
        var expected = step.Map("expect");
        var before = world.CurrentCase;
        var pages = new SeenPage?[steps.Count];
        for (var i = 0; i < steps.Count; i++)
        {
            pages[i] = await OpenAsync(world, steps[i], cancellationToken);
        }

        for (var i = 0; i < steps.Count; i++)
        {
            // All of them look after the claims, so that they act on the same revision.
            if (pages[i] is not null)
            {
                world.Pages[$"together-{i}"] = await TaskAct.LookAsync(world, steps[i]);
            }
        }

        var results = await Task.WhenAll(steps.Select((inner, i) => Task.Run(() => acts.DoAsync(world, inner, pages[i] is null ? null : $"together-{i}", Guid.NewGuid(), cancellationToken), cancellationToken)));
        foreach (var inner in steps)
        {
            inner.Done();
        }

        world.CurrentCase = steps.Select(inner => inner.Map("apply")?.Text("case")).LastOrDefault(name => name is not null && world.Cases.ContainsKey(name)) ?? before;

        var done = results.Count(result => result.Failure is null);
        var failures = results.Where(result => result.Failure is not null).Select(result => ActTable.CodeOf(result.Failure!)).Order(StringComparer.Ordinal).ToList();
        var told = $"{done} succeeded; {(failures.Count == 0 ? "none was refused" : "refused: " + string.Join(", ", failures))}";
        var wantedDone = expected?.Whole("succeed");
        var wantedCodes = expected?.Texts("failures") ?? [];
        return (wantedDone is not null && wantedDone != done) || (wantedCodes.Count > 0 && !wantedCodes.Order(StringComparer.Ordinal).SequenceEqual(failures, StringComparer.Ordinal))
            ? new ActResult(told, new RefusedException("together", told))
            : new ActResult(told);
    }

    /// <summary>The page of a task; a task that nobody has is claimed by the first who wants to decide it.</summary>
    private static async Task<SeenPage?> OpenAsync(ScenarioWorld world, YamlMap inner, CancellationToken cancellationToken)
    {
        if (!inner.Has("task") || inner.Has("page"))
        {
            return null;
        }

        var page = await TaskAct.LookAsync(world, inner);
        return await TaskAct.ClaimFirstAsync(world, inner, page, cancellationToken) is { Failure: { } failure }
            ? throw inner.Error($"the task cannot be claimed first: {failure.Message}")
            : page;
    }
}
