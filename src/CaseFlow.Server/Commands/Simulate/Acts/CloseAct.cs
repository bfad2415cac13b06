using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>The months up to and including one are closed: the ledger gets their regular items.</summary>
internal sealed class CloseAct : IAct
{
    public string Key => "close";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        step.Text("as");
        var text = step.Required("close");
        Month month;
        try
        {
            month = Month.Parse(text);
        }
        catch (FormatException)
        {
            throw step.Error($"'{text}' is no month; write 2026-07.");
        }

        await world.Host.ActAsync<BenefitService, int>(service => service.CloseMonthForAllAsync(Actor.System("month"), month, cancellationToken));
        return new ActResult($"{month} is closed");
    }
}
