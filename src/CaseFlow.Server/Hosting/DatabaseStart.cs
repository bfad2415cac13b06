using CaseFlow.Cases.Calendar;
using CaseFlow.Persistence;
using CaseFlow.Server.Shell;

namespace CaseFlow.Server.Hosting;

/// <summary>The schema is created or migrated before anything else starts.</summary>
internal static class DatabaseStartHosting
{
    /// <summary>Whether the build runs the program only to read its API description: no database, no workers then.</summary>
    public static bool IsDocumentTool => System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";

    /// <summary>Registers the migration at start.</summary>
    public static void AddDatabaseStart(this WebApplicationBuilder builder)
    {
        if (!IsDocumentTool)
        {
            builder.Services.AddHostedService<DatabaseStart>();
        }
    }
}

/// <summary>Migrates the database before any other service starts.</summary>
internal sealed class DatabaseStart(IDatabase database, IClockControl clock, DemoState demo) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken);
        demo.IsDemo = clock.IsDemo;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
