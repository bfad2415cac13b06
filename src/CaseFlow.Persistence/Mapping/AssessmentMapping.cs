using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Policy;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class AssessmentMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<PolicyFigure>(e =>
        {
            e.ToTable("PolicyFigures");
            e.Property(f => f.Key).HasMaxLength(100);
            e.HasIndex(f => new { f.Key, f.AreaType, f.ValidFrom });
        });
        model.Entity<PolicyText>(e =>
        {
            e.ToTable("PolicyTexts");
            e.Property(t => t.Key).HasMaxLength(100);
            e.HasIndex(t => new { t.Key, t.ValidFrom });
        });
        model.Entity<PolicyChange>(e =>
        {
            e.ToTable("PolicyChanges");
            e.Property(c => c.Revision).IsConcurrencyToken();
            e.HasIndex(c => new { c.State, c.CreatedAt });
        });
        model.Entity<PolicyStamp>(e =>
        {
            e.ToTable("PolicyStamp");
            e.Property(s => s.Id).ValueGeneratedNever();
        });
        model.Entity<AssessmentRecord>(e =>
        {
            e.ToTable("Assessments");
            e.OfCase(a => a.CaseId);
        });
    }
}
