using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Kernel;

/// <summary>
/// The rows that one step reads and writes. Everything that a step changes goes through one unit of work and commits
/// once; there is no repository per entity and no mapping layer in between.
/// </summary>
public interface IUnitOfWork
{
    /// <summary>The rows of one entity; reading is limited by the <see cref="Scope.DataScope"/> in force.</summary>
    DbSet<TEntity> Set<TEntity>()
        where TEntity : class;

    /// <summary>Sends what has been changed to the database, inside the step's transaction. It does not commit.</summary>
    Task<int> SaveChangesAsync(CancellationToken cancellationToken = default);
}
