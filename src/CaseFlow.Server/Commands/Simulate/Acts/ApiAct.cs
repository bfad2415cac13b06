using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>A call of the API, through the whole server, with the token of whoever acts.</summary>
internal sealed class ApiAct : IAct
{
    private static readonly string[] Methods = ["get", "post", "put", "delete"];

    public string Key => "api";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var api = step.Map("api")!;
        api.Only([.. Methods, "body", "token", "headers"]);
        var method = Methods.FirstOrDefault(api.Has) ?? throw api.Error($"which call? One of {string.Join(", ", Methods)}.");
        var answer = await CallAsync(world, step, api, method.ToUpperInvariant(), api.Required(method), (api.Json("body") as JsonObject)?.ToJsonString(), operation, cancellationToken);
        return Result(answer, $"{method.ToUpperInvariant()} {api.Required(method)}: {answer.Status}");
    }

    /// <summary>The answer as the result of an act.</summary>
    public static ActResult Result(ApiAnswer answer, string done) =>
        new(answer.Failure?.Message ?? done, answer.Failure, answer.Status, answer.Body);

    /// <summary>Calls with the token of whoever acts; <c>token: none</c> and <c>token: forged</c> are said in <paramref name="map"/>.</summary>
    public static Task<ApiAnswer> CallAsync(
        ScenarioWorld world, YamlMap step, YamlMap map, string method, string path, string? body, Guid operation, CancellationToken cancellationToken)
    {
        var token = map.Text("token") ?? "own";
        if (token is not ("own" or "none" or "forged"))
        {
            throw map.Error($"'token' is own, none or forged, not '{token}'.");
        }

        var who = step.Text("as");
        Id<Account>? account = token == "none" ? null : world.AccountOf(who ?? throw step.Error("'as' is missing: whose token goes along?"), step);
        var headers = map.Map("headers");
        var extra = (headers?.Keys ?? []).ToDictionary(name => name, name => headers!.Text(name) ?? "", StringComparer.Ordinal);
        return world.Host.Api.CallAsync(method, path, body, account, token == "forged", operation, extra, cancellationToken);
    }
}
