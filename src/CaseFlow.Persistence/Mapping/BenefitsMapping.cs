using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class BenefitsMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<BenefitEntry>(e =>
        {
            e.ToTable("BenefitEntries");
            e.OfCase(b => b.CaseId);
            e.Property(b => b.Programme).HasMaxLength(40);
            e.HasIndex(b => new { b.BeneficiaryId, b.Programme, b.Month });
            e.HasIndex(b => new { b.BeneficiaryId, b.Programme, b.Month }, "IX_BenefitEntries_OneRegular")
                .IsUnique().HasFilter("\"Kind\" = 'Regular'");
            e.HasIndex(b => new { b.Month, b.BatchNumber });
            e.HasOne<Person>().WithMany().HasForeignKey(b => b.BeneficiaryId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<BenefitTerm>(e =>
        {
            e.ToTable("BenefitTerms");
            e.OfCase(t => t.CaseId);
        });
        model.Entity<PaymentSuspension>(e =>
        {
            e.ToTable("PaymentSuspensions");
            e.OfCase(s => s.CaseId);
            e.Property(s => s.Reason).HasMaxLength(40);
        });
        model.Entity<ReserveFund>(e =>
        {
            e.ToTable("ReserveFunds");
            e.HasIndex(r => r.OrganisationId).IsUnique();
            e.HasOne<OrganisationUnit>().WithMany().HasForeignKey(r => r.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReserveMovement>(e =>
        {
            e.ToTable("ReserveMovements");
            e.OfCase(m => m.CaseId);
            e.HasIndex(m => m.ReserveId);
            e.HasOne<ReserveFund>().WithMany().HasForeignKey(m => m.ReserveId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
