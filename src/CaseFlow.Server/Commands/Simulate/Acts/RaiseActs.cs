using System.Globalization;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using CaseFlow.Cases.Raises;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>A standard is drafted and submitted by one person and published by a second.</summary>
internal sealed class StandardAct : IAct
{
    public string Key => "standard";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var map = step.Map("standard")!;
        var row = new FigureRow(
            map.Text("key") ?? "dibao.standard", "低保标准", Yuan.Fen(map.Required("yuan"), map), "fen", Day(map), map.Text("source") ?? "假设的提标文件", Enums.Parse<AreaType>(map, "area"));
        var second = await world.ActorAsync(map.Required("second"), map, cancellationToken);
        map.Done();
        await world.Host.ActAsync<PolicyChangeService, PolicyChange>(async service =>
        {
            var draft = await service.DraftAsync(actor, null, "提高标准", new PolicyContent { Figures = [row] }, cancellationToken);
            var sent = await service.SubmitAsync(actor, new SeenChange(draft.Id, draft.Revision), "", cancellationToken);
            return await service.PublishAsync(second, new SeenChange(sent.Id, sent.Revision), "核对无误", cancellationToken);
        });
        return new ActResult("published");
    }

    private static DateOnly Day(YamlMap map) =>
        DateOnly.TryParseExact(map.Required("from"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw map.Error("'from' is no day; write 2026-07-01.");
}

/// <summary>A verb on the last recalculation after a raise: approve, sign, reopen, repeat.</summary>
internal sealed class RaiseAct : IAct
{
    public string Key => "raise";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var verb = Enum.TryParse<RaiseVerb>(step.Required("raise"), ignoreCase: true, out var known)
            ? known
            : throw step.Error("'raise' is one of approve, sign, reopen, repeat.");
        var reason = step.Text("comment") ?? "";
        var raise = await world.ReadAsync(work => work.Set<StandardRaise>().AsNoTracking()
            .OrderByDescending(r => r.OpenedAt).FirstOrDefaultAsync(cancellationToken)) ?? throw step.Error("no standard was raised.");
        var hash = raise.Hash ?? (await world.Host.ReadAsync<StandardRaises, RaiseSheet>(raises => raises.ReadAsync(raise, cancellationToken))).HashFor(raise);
        var receipt = await world.Host.ActAsync<RaiseService, RaiseReceipt>(service => verb switch
        {
            RaiseVerb.Approve => service.ApproveAsync(actor, raise.Id, hash, operation, cancellationToken),
            RaiseVerb.Sign => service.SignAsync(actor, raise.Id, hash, operation, cancellationToken),
            RaiseVerb.Reopen => service.ReopenAsync(actor, raise.Id, reason, operation, cancellationToken),
            _ => service.RepeatAsync(actor, raise.Id, operation, cancellationToken),
        });
        return new ActResult(receipt.Message);
    }
}
