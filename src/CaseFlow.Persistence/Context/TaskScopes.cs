using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseFlow.Persistence.Context;

/// <summary>
/// A task carries a copy of what the scope asks of its case, so that an inbox is one range of an index and no look-up a line.
/// The copy is the context's alone: written when a task is added, and again in the transaction in which the case changes.
/// </summary>
internal static class TaskScopes
{
    /// <summary>Copy of <see cref="Case.CaseType"/>.</summary>
    public const string CaseType = "ScopeCaseType";

    /// <summary>Copy of <see cref="Case.Sensitive"/>.</summary>
    public const string Sensitive = "ScopeSensitive";

    /// <summary>Copy of <see cref="Case.OrganisationId"/>.</summary>
    public const string Organisation = "ScopeOrganisationId";

    /// <summary>Copy of <see cref="Case.CommunityId"/>.</summary>
    public const string Community = "ScopeCommunityId";

    /// <summary>Copy of <see cref="Case.ApplicantId"/>.</summary>
    public const string Applicant = "ScopeApplicantId";

    /// <summary>Copy of <see cref="Case.FiledBy"/> where the case came in online; else null.</summary>
    public const string Filer = "ScopeFilerId";

    private static readonly string[] Asked =
        [nameof(Case.CaseType), nameof(Case.Sensitive), nameof(Case.OrganisationId), nameof(Case.CommunityId), nameof(Case.ApplicantId), nameof(Case.FiledBy), nameof(Case.Channel)];

    /// <summary>Adds the columns.</summary>
    public static void Map(EntityTypeBuilder<WorkTask> task)
    {
        task.Property<string>(CaseType).HasMaxLength(50);
        task.Property<bool>(Sensitive);
        task.Property<Id<OrganisationUnit>>(Organisation);
        task.Property<Id<OrganisationUnit>?>(Community);
        task.Property<Id<Person>>(Applicant);
        task.Property<Id<Account>?>(Filer);
    }

    /// <summary>Fills the copies of what is about to be saved.</summary>
    public static void Fill(CaseFlowDbContext db)
    {
        var added = db.ChangeTracker.Entries<WorkTask>().Where(e => e.State == EntityState.Added).ToList();
        if (added.Count > 0)
        {
            var cases = db.ChangeTracker.Entries<Case>().ToDictionary(e => e.Entity.Id, e => e.Entity);
            foreach (var task in added)
            {
                Copy(cases.GetValueOrDefault(task.Entity.CaseId) ?? Sql.TaskScopeSql.Case(db, task.Entity.CaseId), task, asLoaded: false);
            }
        }

        foreach (var its in db.ChangeTracker.Entries<Case>().Where(IsMoved).Select(e => e.Entity).ToList())
        {
            Sql.TaskScopeSql.Rewrite(db, its);
            foreach (var task in db.ChangeTracker.Entries<WorkTask>().Where(e => e.Entity.CaseId == its.Id && e.State != EntityState.Added).ToList())
            {
                Copy(its, task, asLoaded: true);
            }
        }
    }

    /// <summary>Who follows the case from an account of their own: who filed it online.</summary>
    public static Id<Account>? FilerOf(Case its) => its.Channel == "online" ? its.FiledBy : null;

    private static bool IsMoved(EntityEntry<Case> entry) =>
        entry.State == EntityState.Modified && Asked.Any(name => entry.Property(name).IsModified);

    private static void Copy(Case its, EntityEntry<WorkTask> task, bool asLoaded)
    {
        Set(CaseType, its.CaseType);
        Set(Sensitive, its.Sensitive);
        Set(Organisation, its.OrganisationId);
        Set(Community, its.CommunityId);
        Set(Applicant, its.ApplicantId);
        Set(Filer, FilerOf(its));

        void Set(string name, object? value)
        {
            var property = task.Property(name);
            property.CurrentValue = value;
            if (asLoaded)
            {
                property.OriginalValue = value;
                property.IsModified = false;
            }
        }
    }
}
