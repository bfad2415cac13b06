namespace CaseFlow.Server.Hosting;

/// <summary>The schema is created or migrated, the seed imported and a demo filled before anything else starts.</summary>
internal static class DatabaseStartHosting
{
    /// <summary>Whether the build runs the program only to read its API description: no database, no workers then.</summary>
    public static bool IsDocumentTool => System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";

    /// <summary>Registers the preparation at start.</summary>
    public static void AddDatabaseStart(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SeedImport>();
        builder.Services.AddSingleton<Installation>();
        if (!IsDocumentTool)
        {
            builder.Services.AddHostedService<DatabaseStart>();
        }
    }
}

/// <summary>Prepares the installation before any other service starts.</summary>
internal sealed class DatabaseStart(Installation installation) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => installation.PrepareAsync(cancellationToken);

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
