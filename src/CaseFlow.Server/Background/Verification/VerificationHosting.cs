using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Background.Verification;

/// <summary>Registers the way to the verification platform.</summary>
internal static class VerificationHosting
{
    /// <summary>Registers client and due work.</summary>
    public static void AddVerification(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection(VerificationOptions.Section).Get<VerificationOptions>() ?? new VerificationOptions());
        builder.Services.AddHttpClient(VerificationPlatform.ClientName, client => client.Timeout = TimeSpan.FromSeconds(20));
        builder.Services.AddSingleton<DemoSimulators>();
        builder.Services.AddSingleton<VerificationPlatform>();
        builder.Services.AddSingleton<IDueWork, VerificationWork>();
    }
}
