using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>Somebody opens the page of a task, or of the case with its notice; a later step with <c>page</c> acts on what was seen then.</summary>
internal sealed class LookAct : IAct
{
    public string Key => "look";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var name = step.Required("look");
        step.Text("as");
        world.Pages[name] = step.Has("task")
            ? await TaskAct.LookAsync(world, step)
            : new SeenPage(Id<WorkTask>.None, 0, 0, await ObjectAct.LastNoticeAsync(world, step));
        return new ActResult($"sees the page '{name}'");
    }
}
