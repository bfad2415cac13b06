using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CaseFlow.Persistence;

/// <summary>Which database holds everything.</summary>
public enum DatabaseProvider
{
    /// <summary>One file, for a demo or one small office.</summary>
    Sqlite,

    /// <summary>PostgreSQL, shared by any number of server processes.</summary>
    PostgreSql,
}

/// <summary>Where the database and its keys are, and how hard a commit is made.</summary>
public sealed class CaseFlowPersistenceOptions
{
    /// <summary>Days for which the journal is kept where nobody says otherwise: three years.</summary>
    public const int DefaultJournalDays = 3 * 365;

    /// <summary>The database.</summary>
    public DatabaseProvider Provider { get; set; }

    /// <summary>ADO.NET connection string of <see cref="Provider"/>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>File with the encryption keys; it belongs outside the database and outside of its backups.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Make a key file if there is none (demo, development, the very first start); otherwise its lack is an error.</summary>
    public bool CreateKeyFile { get; set; }

    /// <summary>SQLite: survive a power cut without losing the last commits (<c>synchronous=FULL</c>), at 3 to 5 times the price.</summary>
    public bool FullSync { get; set; }

    /// <summary>Name of this server process in the access log; unique among those that share the database.</summary>
    public string NodeName { get; set; } = Environment.MachineName;

    /// <summary>File to which the daily audit root is also written; null for none.</summary>
    public string? AuditRootFile { get; set; }

    /// <summary>
    /// How long a process may hold a mail of the outbox. A mail is only handed over while half of it is left, so the mail
    /// server's time-out must be shorter than that half; after a crash the mail is sent again when it has run out.
    /// </summary>
    public TimeSpan OutboxLease { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>
    /// How long the journal of an instance is kept after its end: which activity ran when, with what. It serves administrators
    /// who look for a fault; what an auditor asks for stands in the audit trail and the documents, which are never deleted.
    /// Null keeps it for ever.
    /// </summary>
    public TimeSpan? JournalRetention { get; set; } = TimeSpan.FromDays(DefaultJournalDays);

    /// <summary>Interceptors of each context, where tests let the database fail.</summary>
    internal IReadOnlyList<IInterceptor> Interceptors { get; set; } = [];

    /// <summary>Options for a SQLite file.</summary>
    public static CaseFlowPersistenceOptions ForSqlite(string file, string keyFile) => new()
    {
        Provider = DatabaseProvider.Sqlite,
        ConnectionString = $"Data Source={file}",
        KeyFile = keyFile,
    };

    /// <summary>The provider that a connection string is for: PostgreSQL's name a host, SQLite's a file.</summary>
    public static DatabaseProvider ProviderOf(string connectionString) =>
        connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase)
            ? DatabaseProvider.PostgreSql
            : DatabaseProvider.Sqlite;
}
