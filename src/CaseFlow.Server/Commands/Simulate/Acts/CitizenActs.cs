using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>The citizen takes the application back.</summary>
internal sealed class WithdrawAct : IAct
{
    public string Key => "withdraw";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var reason = step.Required("withdraw");
        var caseId = world.CaseOf(step);
        await world.Host.ActAsync<IIntakeService, bool>(async intake =>
        {
            await intake.WithdrawAsync(actor, caseId, reason, operation, cancellationToken);
            return true;
        });
        return new ActResult("withdrawn");
    }
}

/// <summary>The household, the village or a handler reports a change.</summary>
internal sealed class ReportAct : IAct
{
    public string Key => "report";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var report = step.Json("report") as JsonObject ?? throw step.Error("'report' is a mapping with 'kind'.");
        var caseId = world.CaseOf(step);
        await world.Host.ActAsync<IIntakeService, bool>(async intake =>
        {
            await intake.ReportChangeAsync(actor, caseId, report, operation, cancellationToken);
            return true;
        });
        return new ActResult($"reported: {report["kind"]}");
    }
}

/// <summary>Somebody objects to the running notice of the case.</summary>
internal sealed class ObjectAct : IAct
{
    public string Key => "object";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var objection = step.Map("object")!;
        objection.Only(["text", "name", "contact"], "'object'");
        var (text, name, contact) = (objection.Required("text"), objection.Text("name"), objection.Text("contact"));
        objection.Done();
        var notice = step.Text("page") is { } page
            ? (world.Pages.TryGetValue(page, out var seen) ? seen.Notice : null) ?? throw step.Error($"no page '{page}' with a notice was opened by 'look'.")
            : await LastNoticeAsync(world, step) ?? throw step.Error("the case has no public notice.");
        var receipt = await world.Host.ActAsync<PublicNoticeService, ObjectionReceipt>(
            notices => notices.ObjectAsync(actor, notice, text, name, contact, operation, cancellationToken));
        return new ActResult($"objection received, receipt of {receipt.ReceiptNumber.Length} characters");
    }

    /// <summary>The notice of the case that was posted last; null if there is none.</summary>
    public static Task<Id<PublicNotice>?> LastNoticeAsync(ScenarioWorld world, YamlMap step)
    {
        var caseId = world.CaseOf(step);
        return world.ReadAsync(work => work.Set<PublicNotice>().AsNoTracking()
            .Where(row => row.CaseId == caseId).OrderByDescending(row => row.PostedOn).ThenByDescending(row => row.Id)
            .Select(row => (Id<PublicNotice>?)row.Id).FirstOrDefaultAsync());
    }
}
