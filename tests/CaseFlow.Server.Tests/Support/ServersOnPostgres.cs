using System.Collections.Concurrent;
using System.Diagnostics;
using CaseFlow.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseFlow.Server.Tests.Support;

/// <summary>A database of its own on the real PostgreSQL, and real server processes on it that share keys and data folder.</summary>
public sealed class ServersOnPostgres : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("caseflow-servers");
    private readonly string _database = $"caseflow_servers_{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<string> _errors = new();
    private ServiceProvider? _services;

    /// <summary>Where the database is.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(Admin) { Database = _database }.ConnectionString;

    /// <summary>The persistence on the same database, migrated, to write and read rows without a server.</summary>
    public IServiceProvider Services => _services!;

    private static string Admin => Environment.GetEnvironmentVariable("CASEFLOW_TEST_POSTGRES")
        ?? throw new InvalidOperationException("CASEFLOW_TEST_POSTGRES must hold the connection string of an administrator; ./test sets it.");

    private string KeyFile => Path.Combine(_data.FullName, "keys", "fields.json");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await RunAsync($"CREATE DATABASE {_database}");
        _services = new ServiceCollection()
            .AddCaseFlowPersistence(new CaseFlowPersistenceOptions
            {
                Provider = DatabaseProvider.PostgreSql,
                ConnectionString = ConnectionString,
                KeyFile = KeyFile,
                CreateKeyFile = true,
            })
            .BuildServiceProvider();
        await _services.GetRequiredService<IDatabase>().MigrateAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await RunAsync($"DROP DATABASE {_database} WITH (FORCE)");
        _data.Delete(recursive: true);
    }

    /// <summary>What the processes wrote to their error output, to be shown when one ends otherwise than it should.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Starts the built server. Its output is for the caller to read; its errors are kept.</summary>
    public Process Start(string? failpoint, params string[] arguments)
    {
        var project = Repository.Path("src", "CaseFlow.Server");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = project,
        };
        start.ArgumentList.Add(Path.Combine(project, "bin", "Debug", "net10.0", "CaseFlow.Server.dll"));
        string[] common = [$"--data={_data.FullName}", $"--keys={KeyFile}", $"--ConnectionStrings:CaseFlow={ConnectionString}"];
        foreach (var argument in arguments.Concat(common))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CASEFLOW_FAILPOINT"] = failpoint ?? "";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs <c>verify</c> in a process of its own.</summary>
    /// <returns>Its exit code; 0 when all invariants hold.</returns>
    public async Task<int> VerifyAsync(CancellationToken cancellationToken)
    {
        using var verify = Start(null, "verify");
        verify.BeginOutputReadLine();
        await verify.WaitForExitAsync(cancellationToken);
        return verify.ExitCode;
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Admin);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
