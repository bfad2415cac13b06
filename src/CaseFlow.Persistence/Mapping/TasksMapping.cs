using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

/// <summary>
/// The inbox reads this table as the transaction wrote it. Two indexes serve its counts and its pages by key
/// (due day, id): the pool of an organisation, which also holds what decides whether a line is shown, so that a count needs
/// no row; and what one person has claimed.
/// </summary>
internal static class TasksMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<WorkTask>(e =>
        {
            e.ToTable("Tasks");
            e.OfCase(t => t.CaseId);
            e.Property(t => t.Step).HasMaxLength(100);
            e.Property(t => t.BookmarkId).HasMaxLength(64);
            e.HasIndex(t => new { t.CaseId, t.Step, t.Slot }, "IX_Tasks_OneOpen").IsUnique().HasFilter("\"State\" IN ('Ready', 'Claimed')");
            TaskScopes.Map(e);
            e.HasIndex(
                [
                    nameof(WorkTask.OrganisationId), nameof(WorkTask.State), nameof(WorkTask.DueOn), nameof(WorkTask.Id), nameof(WorkTask.CandidatePosts),
                    TaskScopes.CaseType, TaskScopes.Sensitive, TaskScopes.Organisation, TaskScopes.Community, TaskScopes.Applicant, TaskScopes.Filer,
                ],
                "IX_Tasks_Pool");
            e.HasIndex(t => new { t.OrganisationId, t.State, t.CandidatePosts }, "IX_Tasks_Returned").HasFilter("\"ReturnReason\" IS NOT NULL");
            e.HasIndex(t => new { t.AssigneeId, t.State, t.DueOn, t.Id });
            e.HasIndex(t => new { t.CompletedBy, t.EndedAt });
            e.HasIndex(t => t.ProcedureId);
            e.HasIndex(t => t.BookmarkId);
            e.Property(t => t.Revision).IsConcurrencyToken();
            e.HasOne<Procedure>().WithMany().HasForeignKey(t => t.ProcedureId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<TaskAction>(e =>
        {
            e.ToTable("TaskActions");
            e.OfCase(a => a.CaseId);
            e.HasIndex(a => a.TaskId);
            e.HasOne<WorkTask>().WithMany().HasForeignKey(a => a.TaskId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
