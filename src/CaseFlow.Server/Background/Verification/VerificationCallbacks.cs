using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Verification;

namespace CaseFlow.Server.Background.Verification;

/// <summary>
/// What the verification platform says of its own accord. A callback counts only with the signature of who knows the secret
/// and not older than five minutes; one that comes again or too late has no second effect, as with answers that are asked for.
/// </summary>
internal static class VerificationCallbacks
{
    /// <summary>Where it calls.</summary>
    public const string Path = "/integration/verification/callback";

    private const int MostBytes = 1_000_000;
    private static readonly Actor Platform = Actor.System("verification platform");

    /// <summary>Maps the route; without a secret there is none.</summary>
    public static void MapVerificationCallbacks(this WebApplication app)
    {
        if (app.Services.GetRequiredService<VerificationOptions>().CallbackSecret is { Length: > 0 } secret)
        {
            app.MapPost(Path, (HttpRequest request, VerificationService verification, TimeProvider time, CancellationToken cancellationToken) =>
                    TakeAsync(secret, request, verification, time, cancellationToken))
                .AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> TakeAsync(
        string secret, HttpRequest request, VerificationService verification, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await ReadAsync(request, cancellationToken) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var timestamp = request.Headers[CallbackSignature.TimestampHeader].ToString();
        var signature = request.Headers[CallbackSignature.SignatureHeader].ToString();
        if (!CallbackSignature.IsGenuine(secret, timestamp, signature, body, time.GetUtcNow()))
        {
            return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "The signature is wrong or too old.");
        }

        try
        {
            if (JsonNode.Parse(body) is JsonObject answer)
            {
                await verification.ReceiveAsync(Platform, answer, cancellationToken);
                return Results.NoContent();
            }
        }
        catch (JsonException)
        {
            // Falls through: genuine, and yet no JSON.
        }

        return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The body is no JSON object.");
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var part = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(part, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MostBytes)
            {
                return null;
            }

            buffer.Write(part, 0, read);
        }

        return buffer.ToArray();
    }
}
