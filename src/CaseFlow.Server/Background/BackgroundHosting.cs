using CaseFlow.Cases;
using CaseFlow.Server.Hosting;

namespace CaseFlow.Server.Background;

/// <summary>Work that nobody waits for: timers, outbox, rendering, roots, sweeps. Runs in every server process.</summary>
internal static class BackgroundHosting
{
    /// <summary>Registers the works and their loops. Call it after mail, documents and activities have been added.</summary>
    public static void AddBackgroundWork(this WebApplicationBuilder builder)
    {
        builder.Services.AddCaseFlowDueWork();
        builder.Services.AddSingleton<ClockWalker>();
        if (!DatabaseStartHosting.IsDocumentTool && builder.Configuration.GetValue("background", true))
        {
            builder.Services.AddHostedService<DueWorkLoops>();
        }
    }
}
