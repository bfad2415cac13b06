using System.Collections.Concurrent;

namespace CaseFlow.Simulators.Sms;

/// <summary>An SMS as it was handed over.</summary>
/// <param name="Key">The sender's key; the same key is the same message.</param>
/// <param name="Phone">Number.</param>
/// <param name="Text">Text.</param>
public sealed record SmsMessage(string Key, string Phone, string Text);

/// <summary>An SMS that the gateway keeps to show.</summary>
/// <param name="Key">Key.</param>
/// <param name="Phone">Number, masked: the demo keeps no clear one.</param>
/// <param name="Text">Text.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="TimesReceived">How often the same key came in.</param>
public sealed record KeptSms(string Key, string Phone, string Text, DateTimeOffset ReceivedAt, int TimesReceived);

/// <summary>Faults of the gateway on request.</summary>
/// <param name="Down">Every call is answered with 503.</param>
/// <param name="RefusePhonesEndingWith">Such numbers are refused for good.</param>
public sealed record SmsFaults(bool Down = false, string? RefusePhonesEndingWith = null);

/// <summary>The SMS gateway in memory.</summary>
public sealed class SimulatedGateway(TimeProvider time)
{
    private const int MostKept = 1_000;
    private readonly ConcurrentDictionary<string, KeptSms> _kept = new(StringComparer.Ordinal);

    /// <summary>The faults that are on.</summary>
    public SmsFaults Faults { get; set; } = new();

    /// <summary>The latest messages, newest first.</summary>
    public IReadOnlyList<KeptSms> Kept => [.. _kept.Values.OrderByDescending(m => m.ReceivedAt).Take(MostKept)];

    /// <summary>Takes a message over; a repeated key is counted and not sent again.</summary>
    /// <returns>False if the number is refused for good.</returns>
    public bool Accept(SmsMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Faults.RefusePhonesEndingWith is { Length: > 0 } end && message.Phone.EndsWith(end, StringComparison.Ordinal))
        {
            return false;
        }

        _kept.AddOrUpdate(
            message.Key,
            key => new KeptSms(key, Mask(message.Phone), message.Text, time.GetUtcNow(), 1),
            (_, before) => before with { TimesReceived = before.TimesReceived + 1 });
        return true;
    }

    private static string Mask(string phone) => phone.Length > 7 ? phone[..3] + new string('*', phone.Length - 7) + phone[^4..] : new string('*', phone.Length);
}
