using CaseFlow.Cases.CaseTypes;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class CaseTypesMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<CaseTypeVersion>(e =>
        {
            e.ToTable("CaseTypeVersions");
            e.Property(v => v.CaseType).HasMaxLength(40);
            e.HasIndex(v => new { v.CaseType, v.Number }).IsUnique();
            // Not unique: a case type may return to what it was, and a drawing may change without its content.
            e.HasIndex(v => new { v.CaseType, v.Hash });
            e.HasIndex(v => new { v.CaseType, v.State });
        });
        model.Entity<WorkflowDefinitionVersion>(e =>
        {
            e.ToTable("WorkflowDefinitions");
            e.Property(d => d.Id).HasMaxLength(64);
            e.Property(d => d.DefinitionId).HasMaxLength(100);
            e.HasIndex(d => new { d.DefinitionId, d.Version }).IsUnique();
            e.HasIndex(d => d.IsLatest);
            e.HasIndex(d => new { d.CaseType, d.ProcedureKind });
            e.Property(d => d.Revision).IsConcurrencyToken();
        });
    }
}
