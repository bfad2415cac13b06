using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class OrganisationMapping
{
    public static void Apply(ModelBuilder model, FieldCipher cipher)
    {
        model.Entity<OrganisationUnit>(e =>
        {
            e.ToTable("Organisations");
            e.Property(o => o.Code).HasMaxLength(12);
            e.HasIndex(o => o.Code).IsUnique();
            e.Property(o => o.Revision).IsConcurrencyToken();
            e.HasOne<OrganisationUnit>().WithMany().HasForeignKey(o => o.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Account>(e =>
        {
            e.ToTable("Accounts");
            e.Property(a => a.NormalizedUserName).HasMaxLength(100);
            e.HasIndex(a => a.NormalizedUserName).IsUnique();
            e.Property(a => a.IdNumber).EncryptedOptional(cipher);
            e.HasIndex(a => a.PersonId);
            e.Property(a => a.Revision).IsConcurrencyToken();
            e.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PostAssignment>(e =>
        {
            e.ToTable("PostAssignments");
            e.Property(p => p.Revision).IsConcurrencyToken();
            e.HasIndex(p => p.AccountId);
            e.HasIndex(p => new { p.OrganisationId, p.Post });
            e.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<OrganisationUnit>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Substitution>(e =>
        {
            e.ToTable("Substitutions");
            e.HasIndex(s => s.SubstituteId);
            e.HasOne<PostAssignment>().WithMany().HasForeignKey(s => s.PostAssignmentId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Account>().WithMany().HasForeignKey(s => s.SubstituteId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
