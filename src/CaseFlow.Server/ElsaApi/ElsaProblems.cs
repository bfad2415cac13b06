using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.ElsaApi;

/// <summary>Tells refusals in the one form that Studio shows to a person: status 400 with <c>errors</c>.</summary>
internal sealed class ElsaProblems : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (WorkflowAuthoringException refused)
        {
            return Refused(refused.Code, refused.Messages);
        }
        catch (RefusedException refused)
        {
            return Refused(refused.Refusal.Code, [refused.Refusal.Message]);
        }
        catch (ConflictException conflict)
        {
            return Refused("conflict", [conflict.Message]);
        }
        catch (InvalidInputException invalid)
        {
            return Refused("invalid", [.. invalid.Errors.SelectMany(e => e.Value)]);
        }
    }

    /// <summary>The answer to a refusal.</summary>
    public static IResult Refused(string code, IReadOnlyList<string> messages) => Results.Json(
        new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = "没有完成",
            ["status"] = StatusCodes.Status400BadRequest,
            ["code"] = code,
            ["errors"] = new JsonObject { ["workflow"] = new JsonArray([.. messages.Select(m => (JsonNode)m)]) },
        },
        ElsaJson.Options,
        "application/problem+json",
        StatusCodes.Status400BadRequest);
}
