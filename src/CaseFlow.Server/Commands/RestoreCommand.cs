using CaseFlow.Persistence;

namespace CaseFlow.Server.Commands;

/// <summary><c>restore &lt;file&gt;</c>: fills an empty database, of either kind, from a backup.</summary>
internal sealed class RestoreCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "restore";

    /// <inheritdoc/>
    public Task<int> RunAsync(string[] args) => DatabaseCommandHost.RunAsync(() => RestoreAsync(args));

    private async Task<int> RestoreAsync(string[] args)
    {
        var (services, rest) = DatabaseCommandHost.Build([.. args, "--createKeys=false"]);
        await using var owned = services;
        if (DatabaseCommandHost.OneFile(rest, Name) is not { } file)
        {
            return 2;
        }

        var summary = await services.GetRequiredService<IDatabaseArchive>().RestoreAsync(file, CancellationToken.None);
        Console.WriteLine($"Restored {summary.Rows.Values.Sum()} rows as they were at {summary.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}. Run verify next.");
        return 0;
    }
}
