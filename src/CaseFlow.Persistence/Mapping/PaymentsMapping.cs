using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class PaymentsMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<PaymentBatch>(e =>
        {
            e.ToTable("PaymentBatches");
            e.Property(b => b.Number).HasMaxLength(80);
            e.Property(b => b.Programme).HasMaxLength(40);
            e.Property(b => b.Hash).HasMaxLength(64);
            e.Property(b => b.Revision).IsConcurrencyToken();
            e.HasIndex(b => b.Number).IsUnique();
            e.HasIndex(b => new { b.OrganisationId, b.Programme, b.Month }).IsUnique();
            e.HasIndex(b => b.Month);
            e.HasOne<OrganisationUnit>().WithMany().HasForeignKey(b => b.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PaymentLine>(e =>
        {
            e.ToTable("PaymentLines");
            e.OfCase(l => l.CaseId);
            e.Property(l => l.AccountIndex).HasMaxLength(64);
            e.Property(l => l.AccountTail).HasMaxLength(4);
            e.HasIndex(l => new { l.BatchId, l.Sequence }).IsUnique();
            e.HasIndex(l => new { l.BatchId, l.CaseId }).IsUnique();
            e.HasOne<PaymentBatch>().WithMany().HasForeignKey(l => l.BatchId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Person>().WithMany().HasForeignKey(l => l.BeneficiaryId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PaymentLineItem>(e =>
        {
            e.ToTable("PaymentLineItems");
            e.HasKey(i => new { i.LineId, i.EntryId });
            e.OfCase(i => i.CaseId);
            e.HasIndex(i => i.EntryId);
            e.HasOne<PaymentLine>().WithMany().HasForeignKey(i => i.LineId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<BenefitEntry>().WithMany().HasForeignKey(i => i.EntryId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
