using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>The verification platform answers the last request of the case, with the JSON of its interface.</summary>
internal sealed class AnswerAct : IAct
{
    public string Key => "answer";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        step.Text("as");
        var answer = step.Map("answer")!;
        answer.Only(["number", "status", "conclusion", "validTo", "results", "callback"], "'answer'");
        var caseId = world.CaseOf(step);
        var request = await world.ReadAsync(work => work.Set<VerificationRequest>().AsNoTracking()
            .Where(row => row.CaseId == caseId).OrderByDescending(row => row.RequestedAt)
            .Select(row => (Id<VerificationRequest>?)row.Id).FirstOrDefaultAsync()) ?? throw step.Error("the case has asked the platform nothing.");
        var results = new JsonArray();
        foreach (var result in answer.Maps("results"))
        {
            results.Add(await ResultAsync(world, result));
        }

        var body = new JsonObject
        {
            ["requestId"] = request.ToString(),
            ["platformNumber"] = answer.Text("number") ?? "HD-1",
            ["status"] = answer.Text("status") ?? "complete",
            ["conclusion"] = answer.Text("conclusion") ?? "meets",
            ["validTo"] = answer.Text("validTo"),
            ["results"] = results,
        };
        if (answer.Text("callback") is { } callback)
        {
            return await CallBackAsync(world, answer, callback, body.ToJsonString(), operation, cancellationToken);
        }

        answer.Done();
        await world.Host.ActAsync<VerificationService, bool>(
            service => service.ReceiveAsync(Actor.System("verification"), body, cancellationToken));
        return new ActResult("the platform's answer was taken in");
    }

    /// <summary>The platform pushes: <c>signed</c>, or with a <c>wrong</c> or an <c>old</c> signature, or <c>unsigned</c>.</summary>
    private static async Task<ActResult> CallBackAsync(
        ScenarioWorld world, YamlMap answer, string how, string body, Guid operation, CancellationToken cancellationToken)
    {
        if (how is not ("signed" or "wrong" or "old" or "unsigned"))
        {
            throw answer.Error($"'callback' is signed, wrong, old or unsigned, not '{how}'.");
        }

        var at = world.Host.Time.Standing.AddMinutes(how == "old" ? -6 : 0).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var secret = how == "wrong" ? "somebody else's" : ScenarioApi.CallbackSecret;
        var signature = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}.{body}"));
        var headers = how == "unsigned" ? [] : new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [CallbackSignature.TimestampHeader] = at,
            [CallbackSignature.SignatureHeader] = "sha256=" + Convert.ToHexStringLower(signature),
        };
        var reply = await world.Host.Api.CallAsync(
            "POST", Background.Verification.VerificationCallbacks.Path, body, null, forged: false, operation, headers, cancellationToken);
        return ApiAct.Result(reply, $"the platform called back: {reply.Status}");
    }

    private static async Task<JsonObject> ResultAsync(ScenarioWorld world, YamlMap result)
    {
        var items = new JsonArray();
        foreach (var item in result.Maps("items"))
        {
            items.Add(new JsonObject { ["kind"] = item.Required("kind"), ["amountFen"] = Yuan.Fen(item.Required("amount"), item) });
            item.Done();
        }

        var json = new JsonObject
        {
            ["ref"] = (await world.PersonAsync(result.Required("person"), result)).ToString(),
            ["source"] = result.Required("source"),
            ["status"] = result.Text("status") ?? (items.Count > 0 ? "found" : "none"),
            ["items"] = items,
        };
        result.Done();
        return json;
    }
}
