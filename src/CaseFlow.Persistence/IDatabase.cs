namespace CaseFlow.Persistence;

/// <summary>The database as a whole.</summary>
public interface IDatabase
{
    /// <summary>Which kind it is.</summary>
    DatabaseProvider Provider { get; }

    /// <summary>Creates or migrates the schema. Several processes may call it at once; one does the work.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Whether it answers.</summary>
    Task<bool> IsReachableAsync(CancellationToken cancellationToken);

    /// <summary>Whether its schema is that of this program.</summary>
    Task<bool> IsMigratedAsync(CancellationToken cancellationToken);
}
