using CaseFlow.Cases.People;
using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CaseFlow.Persistence.Context;

/// <summary>Computes the blind indexes of persons that are about to be saved.</summary>
internal static class PersonIndexes
{
    /// <summary>Fills <see cref="Person.IdNumberIndex"/> and <see cref="Person.PhoneIndex"/>.</summary>
    public static void Fill(ChangeTracker tracker, BlindIndex index)
    {
        foreach (var entry in tracker.Entries<Person>())
        {
            if (entry.State is EntityState.Added or EntityState.Modified)
            {
                var person = entry.Entity;
                entry.Property(p => p.IdNumberIndex).CurrentValue = index.OfIdNumber(person.IdNumber);
                entry.Property(p => p.PhoneIndex).CurrentValue = string.IsNullOrWhiteSpace(person.Phone) ? null : index.OfPhone(person.Phone);
            }
        }
    }
}
