using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Mapping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CaseFlow.Persistence.Context;

/// <summary>
/// All rows of CaseFlow. The two derived types add nothing; each only carries the migrations of its database.
/// </summary>
internal abstract class CaseFlowDbContext : DbContext, IUnitOfWork
{
    private static readonly CurrentScope Unset = new();
    private readonly RevisionRaiser revisions = new();
    private ICurrentScope scope = Unset;

    /// <summary>Makes a context; the keys come with the options.</summary>
    protected CaseFlowDbContext(DbContextOptions options)
        : base(options)
    {
        Storage = options.FindExtension<StorageExtension>()
            ?? throw new InvalidOperationException("The context needs its keys.");
    }

    /// <summary>The keys.</summary>
    public StorageExtension Storage { get; }

    /// <summary>Whether rows may be written: only inside a step.</summary>
    public bool InStep { get; private set; }

    /// <summary>The stamp of the policy that the scope at hand works by; null until it is read, and after a lock.</summary>
    public Guid? PolicyStamp { get; set; }

    /// <summary>See <see cref="DataScope.Everything"/>.</summary>
    public bool ScopeEverything => scope.Current.Everything;

    /// <summary>See <see cref="DataScope.Operations"/>.</summary>
    public bool ScopeOperations => scope.Current.Operations;

    /// <summary>See <see cref="DataScope.Sensitive"/>.</summary>
    public bool ScopeSensitive => scope.Current.Sensitive;

    /// <summary>Whether the mask hides income and property.</summary>
    public bool ScopeHidesEconomy => scope.Current.Mask.HasFlag(FieldMask.Economy);

    /// <summary>See <see cref="DataScope.Organisations"/>.</summary>
    public IReadOnlyList<Id<OrganisationUnit>> ScopeOrganisations => scope.Current.Organisations;

    /// <summary>See <see cref="DataScope.Communities"/>.</summary>
    public IReadOnlyList<Id<OrganisationUnit>?> ScopeCommunities => [.. scope.Current.Communities.Select(c => (Id<OrganisationUnit>?)c)];

    /// <summary>See <see cref="DataScope.CaseTypes"/>.</summary>
    public IReadOnlyList<string> ScopeCaseTypes => scope.Current.CaseTypes;

    /// <summary>See <see cref="DataScope.PersonId"/>; an id that no row has where it is unset.</summary>
    public Id<Person> ScopePerson => scope.Current.PersonId ?? Id<Person>.None;

    /// <summary>See <see cref="DataScope.AccountId"/>; an id that no row has where it is unset.</summary>
    public Id<Account> ScopeAccount => scope.Current.AccountId ?? Id<Account>.None;

    /// <summary>Binds a context taken from the pool to a DI scope.</summary>
    public void Bind(ICurrentScope current)
    {
        scope = current;
        InStep = false;
        PolicyStamp = null;
        revisions.Forget();
    }

    /// <summary>Opens the context for writing.</summary>
    public void EnterStep() => InStep = true;

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        var detects = ChangeTracker.AutoDetectChangesEnabled;
        try
        {
            Prepare();
            PolicyStamps.Renew(this);
            return base.SaveChanges(acceptAllChangesOnSuccess);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var detects = ChangeTracker.AutoDetectChangesEnabled;
        try
        {
            Prepare();
            await PolicyStamps.RenewAsync(this, cancellationToken);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        StorageConventions.Apply(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        MappingRegistry.Apply(modelBuilder, Storage.Cipher);
        ScopeFilters.Apply(modelBuilder, this);
    }

    /// <summary>
    /// Looks for changes once and then no more until they are saved: each look goes over every row of the step. What is set
    /// from here on is set through its entry, which knows of it.
    /// </summary>
    private void Prepare()
    {
        if (!InStep)
        {
            throw new InvalidOperationException("Rows are written in a step (IStepRunner), never outside of one.");
        }

        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        revisions.Raise(ChangeTracker);
        PersonIndexes.Fill(ChangeTracker, Storage.Index);
        TaskScopes.Fill(this);
        StorableText.Require(ChangeTracker);
    }
}

/// <summary>The context on SQLite.</summary>
internal sealed class SqliteCaseFlowDbContext(DbContextOptions<SqliteCaseFlowDbContext> options) : CaseFlowDbContext(options);

/// <summary>The context on PostgreSQL.</summary>
internal sealed class PostgresCaseFlowDbContext(DbContextOptions<PostgresCaseFlowDbContext> options) : CaseFlowDbContext(options);
