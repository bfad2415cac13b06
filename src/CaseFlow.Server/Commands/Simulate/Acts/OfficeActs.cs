using System.Globalization;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>A leader ends an application whose family refuses to cooperate, has died or moved away.</summary>
internal sealed class TerminateAct : IAct
{
    public string Key => "terminate";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var (reason, caseId) = (step.Text("terminate") ?? "", world.CaseOf(step));
        await world.Host.ActAsync<IIntakeService, bool>(async intake =>
        {
            await intake.TerminateAsync(actor, caseId, reason, operation, cancellationToken);
            return true;
        });
        return new ActResult("terminated");
    }
}

/// <summary>The total limit of the case is extended.</summary>
internal sealed class ExtendAct : IAct
{
    public string Key => "extend";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var (reason, caseId) = (step.Text("extend") ?? "", world.CaseOf(step));
        await world.Host.ActAsync<DeadlineService, Deadline>(service => service.ExtendAsync(actor, caseId, reason, operation, cancellationToken));
        return new ActResult("extended");
    }
}

/// <summary>A document reaches the person: <c>serve: { template, method, on }</c>.</summary>
internal sealed class ServeAct : IAct
{
    public string Key => "serve";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var serve = step.Map("serve") ?? throw step.Error("'serve' is a mapping of template, method, on.");
        serve.Only(["template", "method", "on"], "'serve'");
        var document = await IssuedAsync(world, step, serve);
        var on = serve.Text("on") is not { } text ? world.Host.Clock.Today
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw serve.Error($"'{text}' is no day; write 2026-03-05.");
        await world.Host.ActAsync<DocumentService, bool>(async documents =>
        {
            await documents.ServeAsync(actor, document.Id, serve.Text("method") ?? "direct", on, operation, cancellationToken);
            return true;
        });
        return new ActResult($"served on {on:yyyy-MM-dd}");
    }

    /// <summary>The last document of the template that <paramref name="map"/> names.</summary>
    public static async Task<IssuedDocument> IssuedAsync(ScenarioWorld world, YamlMap step, YamlMap map)
    {
        var (template, caseId) = (map.Required("template"), world.CaseOf(step));
        var issued = await world.ReadAsync(work => work.Set<IssuedDocument>().AsNoTracking().Where(d => d.CaseId == caseId).ToListAsync());
        return issued.Where(d => d.TemplateKey == template || d.TemplateKey.EndsWith("/" + template, StringComparison.Ordinal)).MaxBy(d => d.IssuedAt)
            ?? throw map.Error($"no '{template}' was issued. Issued: {string.Join(", ", issued.Select(d => d.TemplateKey))}.");
    }
}

/// <summary>A leader declares a document void: <c>void: { template, reason }</c>.</summary>
internal sealed class VoidAct : IAct
{
    public string Key => "void";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var map = step.Map("void") ?? throw step.Error("'void' is a mapping of template, reason.");
        map.Only(["template", "reason"], "'void'");
        var (document, reason) = (await ServeAct.IssuedAsync(world, step, map), map.Text("reason") ?? "");
        await world.Host.ActAsync<DocumentService, bool>(async documents =>
        {
            await documents.VoidAsync(actor, document.Id, reason, operation, cancellationToken);
            return true;
        });
        return new ActResult($"{document.OfficialNumber} is void");
    }
}

/// <summary>A leader hands the case over to another community of the district: <c>move: { community, address }</c>.</summary>
internal sealed class MoveAct : IAct
{
    public string Key => "move";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var map = step.Map("move") ?? throw step.Error("'move' is a mapping of community, address.");
        map.Only(["community", "address"], "'move'");
        var (caseId, community, address) = (world.CaseOf(step), map.Required("community"), map.Text("address"));
        await world.Host.ActAsync<CaseMove, bool>(move => move.HandOverAsync(actor, caseId, community, address, operation, cancellationToken));
        return new ActResult("handed over");
    }
}

/// <summary>A leader lifts the recusal of an account in the case: <c>lift: { account, reason }</c>.</summary>
internal sealed class LiftAct : IAct
{
    public string Key => "lift";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var lift = step.Map("lift") ?? throw step.Error("'lift' is a mapping of account, reason.");
        lift.Only(["account", "reason"], "'lift'");
        var (account, caseId, reason) = (world.AccountOf(lift.Required("account"), lift), world.CaseOf(step), lift.Text("reason") ?? "");
        var recusal = await world.ReadAsync(work => work.Set<Recusal>().AsNoTracking()
            .Where(r => r.CaseId == caseId && r.AccountId == account).OrderByDescending(r => r.At).Select(r => (Id<Recusal>?)r.Id).FirstOrDefaultAsync())
            ?? throw lift.Error($"'{lift.Required("account")}' has declared no recusal in this case.");
        await world.Host.ActAsync<RecusalService, bool>(async recusals =>
        {
            await recusals.LiftAsync(actor, recusal, reason, operation, cancellationToken);
            return true;
        });
        return new ActResult("the recusal is lifted");
    }
}
