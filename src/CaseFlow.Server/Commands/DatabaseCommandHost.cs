using System.Data.Common;
using CaseFlow.Persistence;
using CaseFlow.Server.Hosting;

namespace CaseFlow.Server.Commands;

/// <summary>What commands on the database stand on: the configuration of the server, its database and keys, no pages and no workers.</summary>
internal static class DatabaseCommandHost
{
    private static readonly string[] Options = ["data", "keys", "createKeys", "environment", "contentRoot"];

    /// <summary>Builds it. Arguments that are no configuration (<c>--name value</c>) come back as words.</summary>
    /// <param name="args">The arguments of the command.</param>
    /// <param name="onlyReads">Whether the command makes nothing: then the folder of the data must be there.</param>
    public static (ServiceProvider Services, IReadOnlyList<string> Words) Build(string[] args, bool onlyReads = false)
    {
        var rest = new List<string>();
        var configured = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                rest.Add(args[i]);
                continue;
            }

            configured.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
            {
                configured.Add(args[++i]);
            }
        }

        RefuseUnknown(configured, onlyReads);
        var builder = WebApplication.CreateBuilder([.. configured]);
        var options = DatabaseHosting.Options(builder.Configuration, builder.Environment);
        return (new ServiceCollection().AddCaseFlowPersistence(options).BuildServiceProvider(), rest);
    }

    /// <summary>A misspelt option would silently mean another database.</summary>
    /// <exception cref="InvalidDataException">An option is not known, or the folder of the data is not there.</exception>
    private static void RefuseUnknown(List<string> configured, bool onlyReads)
    {
        for (var i = 0; i < configured.Count; i++)
        {
            var parts = configured[i].Split('=', 2);
            var name = parts[0].TrimStart('-');
            if (!parts[0].StartsWith("--", StringComparison.Ordinal))
            {
                continue;
            }

            if (!name.Contains(':', StringComparison.Ordinal) && !Options.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new InvalidDataException($"There is no option '{parts[0]}'; there are --data, --keys and settings such as --ConnectionStrings:CaseFlow.");
            }

            var value = parts.Length == 2 ? parts[1] : configured.ElementAtOrDefault(i + 1);
            if (name.Equals("data", StringComparison.OrdinalIgnoreCase) && value is not null && onlyReads && !Directory.Exists(value))
            {
                throw new InvalidDataException($"There is no data folder at '{Path.GetFullPath(value)}'.");
            }
        }
    }

    /// <summary>Runs a command; what whoever called it can mend is told in one sentence, with exit code 1.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception error) when (error is ArchiveException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (DbException error)
        {
            await Console.Error.WriteLineAsync($"The database cannot be used: {error.Message}");
            return 1;
        }
    }

    /// <summary>The only argument that a command takes, or null with a message.</summary>
    public static string? OneFile(IReadOnlyList<string> rest, string name)
    {
        if (rest.Count == 1)
        {
            return Path.GetFullPath(rest[0]);
        }

        Console.Error.WriteLine($"Usage: {name} <file> [--data <folder>] [--ConnectionStrings:CaseFlow <connection string>] [--keys <file>]");
        return null;
    }
}
