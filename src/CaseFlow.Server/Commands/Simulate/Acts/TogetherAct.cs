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
        var pages = await Task.WhenAll(steps.Select(inner => inner.Has("task") && !inner.Has("page") ? TaskAct.LookAsync(world, inner) : Task.FromResult<SeenPage?>(null)!));
        for (var i = 0; i < steps.Count; i++)
        {
            if (pages[i] is { } page)
            {
                world.Pages[$"together-{i}"] = page;
            }
        }

        var results = await Task.WhenAll(steps.Select((inner, i) => Task.Run(() => acts.DoAsync(world, inner, pages[i] is null ? null : $"together-{i}", Guid.NewGuid(), cancellationToken), cancellationToken)));
        foreach (var inner in steps)
        {
            inner.Done();
        }

        var done = results.Count(result => result.Failure is null);
        var failures = results.Where(result => result.Failure is not null).Select(result => ActTable.CodeOf(result.Failure!)).Order(StringComparer.Ordinal).ToList();
        var told = $"{done} succeeded; {(failures.Count == 0 ? "none was refused" : "refused: " + string.Join(", ", failures))}";
        var wantedDone = expected?.Whole("succeed");
        var wantedCodes = expected?.Texts("failures") ?? [];
        return (wantedDone is not null && wantedDone != done) || (wantedCodes.Count > 0 && !wantedCodes.Order(StringComparer.Ordinal).SequenceEqual(failures, StringComparer.Ordinal))
            ? new ActResult(told, new RefusedException("together", told))
            : new ActResult(told);
    }
}
