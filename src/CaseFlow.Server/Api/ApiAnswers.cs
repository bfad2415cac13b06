using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.Api;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">A line.</typeparam>
/// <param name="Items">The lines.</param>
/// <param name="Next">Key for the next page (<c>after</c>); absent on the last.</param>
internal sealed record ApiPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Small things that the routes share.</summary>
internal static class ApiAnswers
{
    /// <summary>Header with which a program repeats a request without a second effect.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>Lines of a page: 1 to 100, 50 by default.</summary>
    public static int Size(int? wanted) => Math.Clamp(wanted ?? 50, 1, 100);

    /// <summary>
    /// The operation id of a request: that of the body, or the one that belongs to the caller's Idempotency-Key, or a new one.
    /// The same key of the same person always gives the same id, another person's key never.
    /// </summary>
    public static Guid OperationId(HttpRequest request, Actor actor, Guid? fromBody)
    {
        if (fromBody is { } given)
        {
            return given;
        }

        var key = request.Headers[IdempotencyHeader].ToString();
        return key.Length == 0
            ? Guid.CreateVersion7()
            : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor.AccountId}\n{request.Path}\n{key}")).AsSpan(0, 16));
    }

    /// <summary>Reads a name of an enumeration, without regard to case.</summary>
    /// <exception cref="InvalidInputException">There is no such name; the message lists those that there are.</exception>
    public static TEnum Read<TEnum>(string? text, string field)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !int.TryParse(text, CultureInfo.InvariantCulture, out _)
            ? value
            : throw new InvalidInputException(field, $"应为其中之一：{string.Join(", ", Enum.GetNames<TEnum>())}");
}
