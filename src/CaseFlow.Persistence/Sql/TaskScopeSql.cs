using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

/// <summary>Reads and writes for <see cref="TaskScopes"/>: whoever moves a case need not be able to see it afterwards.</summary>
internal static class TaskScopeSql
{
    /// <summary>The case, whatever the scope.</summary>
    public static Case Case(CaseFlowDbContext db, Id<Case> id) =>
        db.Set<Case>().IgnoreQueryFilters().AsNoTracking().Single(c => c.Id == id);

    /// <summary>Writes the copies of all tasks of a case, ended ones too.</summary>
    public static void Rewrite(CaseFlowDbContext db, Case its)
    {
        var (type, sensitive, applicant) = (its.CaseType, its.Sensitive, its.ApplicantId);
        var (organisation, community) = (its.OrganisationId, its.CommunityId);
        var filer = TaskScopes.FilerOf(its);
        db.Set<WorkTask>().IgnoreQueryFilters().Where(t => t.CaseId == its.Id).ExecuteUpdate(set => set
            .SetProperty(t => EF.Property<string>(t, TaskScopes.CaseType), type)
            .SetProperty(t => EF.Property<bool>(t, TaskScopes.Sensitive), sensitive)
            .SetProperty(t => EF.Property<Id<OrganisationUnit>>(t, TaskScopes.Organisation), organisation)
            .SetProperty(t => EF.Property<Id<OrganisationUnit>?>(t, TaskScopes.Community), community)
            .SetProperty(t => EF.Property<Id<Person>>(t, TaskScopes.Applicant), applicant)
            .SetProperty(t => EF.Property<Id<Account>?>(t, TaskScopes.Filer), filer));
    }

    /// <summary>Numbers of the cases of which a task carries another copy.</summary>
    public static Task<List<string>> StrayedAsync(CaseFlowDbContext db, CancellationToken cancellationToken) =>
        db.Set<WorkTask>().IgnoreQueryFilters()
            .Join(db.Set<Case>().IgnoreQueryFilters(), t => t.CaseId, c => c.Id, (t, c) => new { Task = t, Case = c })
            .Where(p => EF.Property<string>(p.Task, TaskScopes.CaseType) != p.Case.CaseType
                || EF.Property<bool>(p.Task, TaskScopes.Sensitive) != p.Case.Sensitive
                || EF.Property<Id<OrganisationUnit>>(p.Task, TaskScopes.Organisation) != p.Case.OrganisationId
                || EF.Property<Id<OrganisationUnit>?>(p.Task, TaskScopes.Community) != p.Case.CommunityId
                || EF.Property<Id<Person>>(p.Task, TaskScopes.Applicant) != p.Case.ApplicantId
                || EF.Property<Id<Account>?>(p.Task, TaskScopes.Filer) != (p.Case.Channel == "online" ? p.Case.FiledBy : null))
            .Select(p => p.Case.Number)
            .Distinct()
            .ToListAsync(cancellationToken);
}
