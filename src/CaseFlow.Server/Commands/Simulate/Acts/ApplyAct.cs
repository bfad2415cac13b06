using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>An application is submitted, online or at the counter.</summary>
internal sealed class ApplyAct : IAct
{
    public string Key => "apply";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var apply = step.Map("apply")!;
        var name = apply.Required("case");
        var caseType = apply.Text("caseType") ?? (world.Scenario.CaseTypes is [var only] ? only : throw apply.Error("'caseType' is missing."));
        var form = Form(world, apply);
        var channel = apply.Text("channel") ?? "online";
        var materials = apply.Texts("materials");
        if (step.Text("via") is { } via)
        {
            return via == "api" ? await ByApiAsync(world, step, name, caseType, form, operation, cancellationToken) : throw step.Error($"'via' is api, not '{via}'.");
        }

        var actor = await world.ActorAsync(step, cancellationToken);
        var uploads = new List<UploadedMaterial>();
        foreach (var code in materials)
        {
            var hash = await world.Host.ActAsync<IBlobStore, string>(store => store.PutAsync(Encoding.UTF8.GetBytes($"%PDF-1.4 {name} {code}"), cancellationToken));
            uploads.Add(new UploadedMaterial(code, hash, $"{code}.pdf", "application/pdf"));
        }

        var request = new ApplicationRequest(caseType, form, uploads, channel, operation);
        var receipt = await world.Host.ActAsync<IIntakeService, SubmissionReceipt>(intake => intake.SubmitAsync(actor, request, cancellationToken));
        world.Cases[name] = receipt.CaseId;
        world.CurrentCase = name;
        return new ActResult($"submitted as {receipt.CaseNumber}");
    }

    /// <summary>The API takes the form alone; papers are brought to the window.</summary>
    private static async Task<ActResult> ByApiAsync(
        ScenarioWorld world, YamlMap step, string name, string caseType, JsonObject form, Guid operation, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["caseType"] = caseType, ["form"] = form }.ToJsonString();
        var answer = await ApiAct.CallAsync(world, step, step, "POST", "applications", body, operation, cancellationToken);
        if (answer.IsSuccess)
        {
            world.Cases[name] = Id<Case>.Parse((string)answer.Body!["caseId"]!);
            world.CurrentCase = name;
        }

        return ApiAct.Result(answer, $"submitted as {(string?)answer.Body?["caseNumber"]}");
    }

    /// <summary>A form by name with changes laid over it, or written in place.</summary>
    public static JsonObject Form(ScenarioWorld world, YamlMap map)
    {
        var form = new JsonObject();
        if (map.Text("form") is { } name)
        {
            form = world.Scenario.Forms.TryGetValue(name, out var shared)
                ? shared.With(world.Fill).AsJson()
                : throw map.Error($"there is no form '{name}'. Known: {string.Join(", ", world.Scenario.Forms.Keys)}.");
        }
        else if (map.Json("form") is JsonObject written)
        {
            form = written;
        }

        if (map.Json("change") is JsonObject change)
        {
            Overlay(form, change);
        }

        return form;
    }

    private static void Overlay(JsonObject form, JsonObject change)
    {
        foreach (var (key, value) in change.ToList())
        {
            if (value is JsonObject inner && form[key] is JsonObject known)
            {
                Overlay(known, inner);
            }
            else if (value is null)
            {
                form.Remove(key);
            }
            else
            {
                form[key] = value.DeepClone();
            }
        }
    }
}
