namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>Somebody opens the page of a task; a later step with <c>page</c> acts on what was seen then.</summary>
internal sealed class LookAct : IAct
{
    public string Key => "look";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var name = step.Required("look");
        step.Text("as");
        world.Pages[name] = await TaskAct.LookAsync(world, step);
        return new ActResult($"sees the page '{name}'");
    }
}
