using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>All kinds of acts; a step holds one of them, or only waits.</summary>
internal sealed class ActTable
{
    private readonly List<IAct> _acts;

    public ActTable() => _acts =
    [
        new ApplyAct(), new TaskAct(), new LookAct(), new WithdrawAct(), new ReportAct(), new ObjectAct(), new AnswerAct(),
        new TerminateAct(), new ExtendAct(), new ServeAct(), new LiftAct(), new MoveAct(), new VoidAct(), new AdminAct(), new GivenAct(), new CloseAct(), new StandardAct(), new RaiseAct(), new ApiAct(),
        new TogetherAct(this), new AgainAct(),
    ];

    /// <summary>The act of a step; null if the step only waits.</summary>
    public IAct? Find(YamlMap step)
    {
        var found = _acts.Where(act => step.Has(act.Key)).ToList();
        var looking = found.Find(act => act is LookAct);
        return looking ?? found switch
        {
            [] => null,
            [var only] => only,
            _ => throw step.Error($"one step holds one act, not {string.Join(" and ", found.Select(act => act.Key))}."),
        };
    }

    /// <summary>Does the act of a step and catches what the domain refuses.</summary>
    /// <param name="world">The world.</param>
    /// <param name="step">The step.</param>
    /// <param name="page">Page that was opened before, if not named by the step itself.</param>
    /// <param name="operation">Operation id.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, string? page, Guid operation, CancellationToken cancellationToken)
    {
        var act = Find(step);
        if (act is null)
        {
            return new ActResult("time passes");
        }

        try
        {
            return page is null || act is not TaskAct
                ? await act.DoAsync(world, step, operation, cancellationToken)
                : await TaskAct.DoOnPageAsync(world, step, world.Pages[page], operation, cancellationToken);
        }
        catch (Exception failure) when (failure is RefusedException or ConflictException or InvalidInputException or StepFaultedException)
        {
            return new ActResult(failure.Message, failure);
        }
    }

    /// <summary>The code of a failure, as expectations name it.</summary>
    public static string CodeOf(Exception failure) => failure switch
    {
        RefusedException refused => refused.Refusal.Code,
        ConflictException => "conflict",
        InvalidInputException invalid => "invalid:" + string.Join(",", invalid.Errors.Keys),
        _ => "fault",
    };
}
