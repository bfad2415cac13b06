using CaseFlow.Server.Commands.Simulate.Checks;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>
/// A request that was sent before comes once more, as over a bad line: with the same operation id and on the same page. It
/// must be answered as it was and change nothing. Acts without an operation id (an answer of the platform, the closing of a
/// month) must have no second effect either.
/// </summary>
internal sealed class AgainAct : IAct
{
    public string Key => "again";

    public Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken) =>
        Task.FromResult(new ActResult($"the request '{step.Required("again")}' comes again"));

    /// <summary>Sends a request again and tells what it should not have done.</summary>
    public static async Task RepeatAsync(
        ScenarioWorld world, ActTable acts, YamlMap step, SentRequest first, List<string> differences, CancellationToken cancellationToken)
    {
        if (acts.Find(first.Step) is null or LookAct or GivenAct or AdminAct or TogetherAct)
        {
            throw step.Error("only what one person sends to the system can come again: apply, task, withdraw, report, object, terminate, extend, serve, void, lift, move, answer, close, api.");
        }

        var before = await Baseline.TakeAsync(world);
        var again = await acts.DoAsync(world, first.Step.Again(), first.Page, first.Operation, cancellationToken);
        var after = await Baseline.TakeAsync(world);
        if (again.Told != first.Result.Told || again.Failure?.GetType() != first.Result.Failure?.GetType())
        {
            differences.Add($"{step.Place}: the repeated request should have been answered '{first.Result.Told}' and was '{again.Told}'");
        }

        if (!before.Documents.SetEquals(after.Documents) || !before.Messages.SetEquals(after.Messages) || !before.Audit.OrderBy(a => a.Key).SequenceEqual(after.Audit.OrderBy(a => a.Key)))
        {
            differences.Add($"{step.Place}: the repeated request should have changed nothing");
        }
    }
}
