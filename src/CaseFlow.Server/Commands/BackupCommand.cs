using CaseFlow.Persistence;

namespace CaseFlow.Server.Commands;

/// <summary><c>backup &lt;file&gt;</c>: a consistent copy of the whole database while the server goes on. The key file is kept apart.</summary>
internal sealed class BackupCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "backup";

    /// <inheritdoc/>
    public Task<int> RunAsync(string[] args) => DatabaseCommandHost.RunAsync(() => BackupAsync(args));

    private async Task<int> BackupAsync(string[] args)
    {
        var (services, rest) = DatabaseCommandHost.Build(args);
        await using var owned = services;
        if (DatabaseCommandHost.OneFile(rest, Name) is not { } file)
        {
            return 2;
        }

        var summary = await services.GetRequiredService<IDatabaseArchive>().BackupAsync(file, CancellationToken.None);
        Console.WriteLine($"{file}: {summary.Rows.Values.Sum()} rows of {summary.Rows.Count} tables.");
        Console.WriteLine($"The keys are not in it. Keep {services.GetRequiredService<CaseFlowPersistenceOptions>().KeyFile} in another safe place.");
        return 0;
    }
}
