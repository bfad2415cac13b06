using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseFlow.Persistence.Mapping;

internal static class CaseFilesMapping
{
    public static void Apply(ModelBuilder model, FieldCipher cipher)
    {
        model.Entity<Case>(MapCase);
        model.Entity<FormSnapshot>(e =>
        {
            e.ToTable("FormSnapshots");
            e.OfCase(s => s.CaseId);
            e.Property(s => s.DataJson).Encrypted(cipher);
        });
        model.Entity<Material>(e =>
        {
            e.ToTable("Materials");
            e.OfCase(m => m.CaseId);
            e.HasIndex(m => m.BlobHash);
        });
        model.Entity<FormDraft>(e =>
        {
            e.ToTable("FormDrafts");
            e.HasIndex(d => new { d.AccountId, d.Purpose }).IsUnique();
            e.Property(d => d.ProtectedJson).Encrypted(cipher);
            e.HasOne<Account>().WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void MapCase(EntityTypeBuilder<Case> e)
    {
        e.ToTable("Cases");
        e.Property(c => c.Number).HasMaxLength(60);
        e.HasIndex(c => c.Number).IsUnique().HasFilter("\"Number\" <> ''");
        e.Property(c => c.FactsRevision).IsConcurrencyToken();
        e.HasIndex(c => c.ApplicantId);
        e.HasIndex(c => c.HouseholdId);
        e.HasIndex(c => c.FiledBy);
        e.HasIndex(c => c.CommunityId);
        e.HasIndex(c => c.SpineInstanceId);
        e.HasIndex(c => new { c.OrganisationId, c.Status, c.SubmittedAt, c.Id });
        e.HasIndex(c => new { c.Status, c.DueOn, c.Id });
        e.HasOne<Person>().WithMany().HasForeignKey(c => c.ApplicantId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne<Household>().WithMany().HasForeignKey(c => c.HouseholdId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne<OrganisationUnit>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne<CaseTypeVersion>().WithMany().HasForeignKey(c => c.CaseTypeVersionId).OnDelete(DeleteBehavior.Restrict);
    }
}
