using CaseFlow.Persistence.Workflows;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

/// <summary>The engine's tables. They are written by plain SQL on the step's connection; the model is there for migrations and lists.</summary>
internal static class WorkflowsMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<WorkflowInstanceRow>(e =>
        {
            e.ToTable("WorkflowInstances");
            e.Property(i => i.Id).HasMaxLength(64);
            e.HasIndex(i => new { i.DefinitionId, i.CreatedAt });
            e.HasIndex(i => i.CorrelationId);
            e.HasIndex(i => i.ParentInstanceId);
            e.HasIndex(i => new { i.Status, i.UpdatedAt });
            e.Property(i => i.Revision).IsConcurrencyToken();
        });
        model.Entity<WorkflowBookmarkRow>(e =>
        {
            e.ToTable("WorkflowBookmarks");
            e.Property(b => b.Id).HasMaxLength(64);
            e.HasIndex(b => b.InstanceId);
            e.HasIndex(b => b.Hash);
            e.HasIndex(b => b.DueAt).HasFilter("\"DueAt\" IS NOT NULL");
        });
        model.Entity<WorkflowJournalRow>(e =>
        {
            e.ToTable("WorkflowJournal");
            e.HasKey(j => new { j.InstanceId, j.Sequence });
            e.Property(j => j.Sequence).ValueGeneratedNever();
        });
        model.Entity<WorkflowRecordRow>(e =>
        {
            e.ToTable("WorkflowRecords");
            e.HasKey(r => new { r.InstanceId, r.Run });
            e.Property(r => r.Run).ValueGeneratedNever();
        });
    }
}
