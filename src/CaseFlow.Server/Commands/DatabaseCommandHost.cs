using System.Data.Common;
using CaseFlow.Persistence;
using CaseFlow.Server.Hosting;

namespace CaseFlow.Server.Commands;

/// <summary>What commands on the database stand on: the configuration of the server, its database and keys, no pages and no workers.</summary>
internal static class DatabaseCommandHost
{
    /// <summary>Builds it. Arguments that are no configuration (<c>--name value</c>) come back as words.</summary>
    public static (ServiceProvider Services, IReadOnlyList<string> Words) Build(string[] args)
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

        var builder = WebApplication.CreateBuilder([.. configured]);
        var options = DatabaseHosting.Options(builder.Configuration, builder.Environment);
        return (new ServiceCollection().AddCaseFlowPersistence(options).BuildServiceProvider(), rest);
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
