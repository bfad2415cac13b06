using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CaseFlow.Persistence.Context;

/// <summary>
/// The last barrier for text with U+0000, whatever way it came: SQLite would keep it, PostgreSQL cannot, and a backup with it
/// could never be restored there.
/// </summary>
internal static class StorableText
{
    /// <summary>Refuses a row to be written that holds such a text.</summary>
    /// <exception cref="InvalidInputException">The field is the property's name.</exception>
    public static void Require(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified))
            {
                continue;
            }

            foreach (var property in entry.Metadata.GetProperties())
            {
                if (property.ClrType == typeof(string) && entry.CurrentValues[property] is string text && text.Contains('\0', StringComparison.Ordinal))
                {
                    PlainText.Require(char.ToLowerInvariant(property.Name[0]) + property.Name[1..], text);
                }
            }
        }
    }
}
