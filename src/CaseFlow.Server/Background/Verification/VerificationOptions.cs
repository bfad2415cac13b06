namespace CaseFlow.Server.Background.Verification;

/// <summary>Where the verification platform is; configuration section <c>Verification</c>.</summary>
internal sealed class VerificationOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Verification";

    /// <summary>Address of the platform's adapter; null where there is none (a demo starts the simulator).</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Machine time between two questions about an open request.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Machine time after which an unanswered call may be repeated by any server.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);
}
