using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Raises;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class RaisesMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<StandardRaise>(e =>
        {
            e.ToTable("StandardRaises");
            e.Property(r => r.Number).HasMaxLength(80);
            e.Property(r => r.Programme).HasMaxLength(40);
            e.Property(r => r.Hash).HasMaxLength(64);
            e.Property(r => r.Revision).IsConcurrencyToken();
            e.HasIndex(r => r.Number).IsUnique();
            e.HasIndex(r => r.State);
        });
        model.Entity<StandardRaiseLine>(e =>
        {
            e.ToTable("StandardRaiseLines");
            e.OfCase(l => l.CaseId);
            e.HasIndex(l => new { l.RaiseId, l.Sequence }).IsUnique();
            e.HasIndex(l => new { l.RaiseId, l.CaseId }).IsUnique();
            e.HasIndex(l => new { l.RaiseId, l.State });
            e.HasOne<StandardRaise>().WithMany().HasForeignKey(l => l.RaiseId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Person>().WithMany().HasForeignKey(l => l.BeneficiaryId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<OrganisationUnit>().WithMany().HasForeignKey(l => l.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
