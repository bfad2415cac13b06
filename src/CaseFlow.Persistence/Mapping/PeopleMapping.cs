using CaseFlow.Cases.People;
using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class PeopleMapping
{
    public static void Apply(ModelBuilder model, FieldCipher cipher)
    {
        model.Entity<Person>(e =>
        {
            e.ToTable("Persons");
            e.Property(p => p.IdNumber).Encrypted(cipher);
            e.Property(p => p.Phone).EncryptedOptional(cipher);
            e.Property(p => p.BankAccount).EncryptedOptional(cipher);
            e.Property(p => p.IdNumberIndex).HasMaxLength(64);
            e.HasIndex(p => p.IdNumberIndex).IsUnique();
            e.Property(p => p.PhoneIndex).HasMaxLength(64);
            e.HasIndex(p => p.PhoneIndex);
            e.HasIndex(p => p.Name);
            e.Property(p => p.Revision).IsConcurrencyToken();
        });
        model.Entity<Household>(e =>
        {
            e.ToTable("Households");
            e.HasIndex(h => h.HeadId);
            e.HasOne<Person>().WithMany().HasForeignKey(h => h.HeadId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<HouseholdMember>(e =>
        {
            e.ToTable("HouseholdMembers");
            e.HasIndex(m => new { m.HouseholdId, m.SupersededAt });
            e.HasIndex(m => new { m.PersonId, m.SupersededAt });
            e.HasOne<Household>().WithMany().HasForeignKey(m => m.HouseholdId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        Facts(model);
        model.Entity<SupportObligor>(e =>
        {
            e.ToTable("SupportObligors");
            e.HasIndex(o => new { o.HouseholdId, o.SupersededAt });
            e.HasOne<Household>().WithMany().HasForeignKey(o => o.HouseholdId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PersonRelation>(e =>
        {
            e.ToTable("PersonRelations");
            e.HasIndex(r => r.PersonId);
            e.HasIndex(r => r.RelativeId);
            e.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Person>().WithMany().HasForeignKey(r => r.RelativeId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Facts(ModelBuilder model)
    {
        model.Entity<IncomeFact>(e =>
        {
            e.ToTable("IncomeFacts");
            e.HasIndex(f => new { f.PersonId, f.SupersededAt });
            e.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PropertyFact>(e =>
        {
            e.ToTable("PropertyFacts");
            e.HasIndex(f => new { f.PersonId, f.SupersededAt });
            e.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PersonCondition>(e =>
        {
            e.ToTable("PersonConditions");
            e.HasIndex(c => new { c.PersonId, c.SupersededAt });
            e.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
