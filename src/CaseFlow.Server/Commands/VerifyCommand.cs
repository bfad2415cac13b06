using CaseFlow.Cases.Audit;
using CaseFlow.Persistence;

namespace CaseFlow.Server.Commands;

/// <summary><c>verify</c>: checks the invariants of the whole database and names the first bad entry of each kind. Exit code 1 if one is broken.</summary>
internal sealed class VerifyCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "verify";

    /// <inheritdoc/>
    public Task<int> RunAsync(string[] args) => DatabaseCommandHost.RunAsync(() => CheckAsync(args));

    private static async Task<int> CheckAsync(string[] args)
    {
        var (services, _) = DatabaseCommandHost.Build([.. args, "--createKeys=false"], onlyReads: true);
        await using var owned = services;
        if (!await services.GetRequiredService<IDatabase>().IsMigratedAsync(CancellationToken.None))
        {
            await Console.Error.WriteLineAsync("The database does not have the tables of this version. Start the server once, it migrates it.");
            return 1;
        }

        var report = await services.GetRequiredService<IIntegrityCheck>().RunAsync(CancellationToken.None);
        foreach (var (name, count) in report.Counted)
        {
            Console.WriteLine($"{count,9} {name}");
        }

        foreach (var finding in report.Findings)
        {
            Console.WriteLine($"BROKEN {finding.Rule}: {finding.Entry}: {finding.Message}");
        }

        Console.WriteLine(report.Holds ? "All invariants hold." : $"{report.Findings.Count} invariants are broken.");
        return report.Holds ? 0 : 1;
    }
}
