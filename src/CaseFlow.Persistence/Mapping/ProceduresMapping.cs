using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class ProceduresMapping
{
    public static void Apply(ModelBuilder model) =>
        model.Entity<Procedure>(e =>
        {
            e.ToTable("Procedures");
            e.OfCase(p => p.CaseId);
            e.Property(p => p.Kind).HasMaxLength(60);
            e.HasIndex(p => new { p.CaseId, p.Kind }, "IX_Procedures_OneOpen").IsUnique().HasFilter("\"State\" = 'Open'");
            e.HasOne<CaseTypeVersion>().WithMany().HasForeignKey(p => p.CaseTypeVersionId).OnDelete(DeleteBehavior.Restrict);
        });
}
