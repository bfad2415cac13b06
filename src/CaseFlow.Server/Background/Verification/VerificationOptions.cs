namespace CaseFlow.Server.Background.Verification;

/// <summary>Where the verification platform is; configuration section <c>Verification</c>.</summary>
internal sealed class VerificationOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Verification";

    /// <summary>Address of the platform's adapter; null where there is none (a demo starts the simulator).</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>
    /// Address under which the platform reaches <c>/integration/verification/callback</c> of this server; null where it is only
    /// asked. Its callbacks are signed with <see cref="CallbackSecret"/>.
    /// </summary>
    public Uri? CallbackUrl { get; set; }

    /// <summary>Key that both sides know; without one no callback is taken.</summary>
    public string? CallbackSecret { get; set; }

    /// <summary>Machine time between two questions about an open request.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Machine time after which an unanswered call may be repeated by any server.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);
}
