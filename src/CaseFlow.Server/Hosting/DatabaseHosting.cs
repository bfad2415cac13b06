using CaseFlow.Cases;
using CaseFlow.Persistence;

namespace CaseFlow.Server.Hosting;

/// <summary>
/// The database and the domain on it. Without configuration it is a SQLite file in the data folder; the connection string
/// <c>CaseFlow</c> (<c>--ConnectionStrings:CaseFlow=Host=…</c>) names another, PostgreSQL included.
/// </summary>
internal static class DatabaseHosting
{
    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "CaseFlow";

    /// <summary>Registers persistence and domain services.</summary>
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        builder.Services.AddCaseFlowPersistence(Options(builder.Configuration, builder.Environment));
        builder.Services.AddCaseFlowCases();
    }

    /// <summary>The database that the configuration names.</summary>
    public static CaseFlowPersistenceOptions Options(IConfiguration configuration, IHostEnvironment environment)
    {
        var folder = DataFolder.Of(configuration, environment);
        var connection = configuration.GetConnectionString(ConnectionName) ?? $"Data Source={Path.Combine(folder, "caseflow.db")}";
        return new CaseFlowPersistenceOptions
        {
            Provider = CaseFlowPersistenceOptions.ProviderOf(connection),
            ConnectionString = connection,
            KeyFile = Path.GetFullPath(configuration["keys"] ?? Path.Combine(folder, "..", $"{Path.GetFileName(folder)}-keys", "fields.json")),
            CreateKeyFile = configuration.GetValue("createKeys", true),
            FullSync = configuration.GetValue("fullSync", !configuration.GetValue("demo", environment.IsDevelopment())),
            NodeName = configuration["node"] ?? $"{Environment.MachineName}-{Environment.ProcessId}",
            OutboxLease = configuration.GetValue("outboxLease", TimeSpan.FromMinutes(4)),
            JournalRetention = JournalRetention(configuration),
            AuditRootFile = Path.Combine(folder, "audit-roots.log"),
        };
    }

    /// <summary>Days from <c>journalDays</c>; 0 keeps the journal for ever.</summary>
    private static TimeSpan? JournalRetention(IConfiguration configuration) => configuration.GetValue("journalDays", CaseFlowPersistenceOptions.DefaultJournalDays) switch
    {
        0 => null,
        > 0 and var days => TimeSpan.FromDays(days),
        var days => throw new InvalidOperationException($"journalDays must be 0 (for ever) or more, and is {days}."),
    };
}
