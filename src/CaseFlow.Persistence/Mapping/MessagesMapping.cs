using CaseFlow.Cases.Messages;
using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class MessagesMapping
{
    public static void Apply(ModelBuilder model, FieldCipher cipher) =>
        model.Entity<OutboxMessage>(e =>
        {
            e.ToTable("Outbox");
            e.OfCase(m => m.CaseId);
            e.Property(m => m.EventKey).HasMaxLength(200);
            e.HasIndex(m => m.EventKey).IsUnique();
            e.Property(m => m.MessageKey).HasMaxLength(200);
            e.HasIndex(m => m.MessageKey).IsUnique();
            e.HasIndex(m => m.PersonId);
            e.HasIndex(m => m.AccountId);
            e.HasIndex(m => new { m.NotBefore, m.Id }, "IX_Outbox_ToSend").HasFilter("\"State\" IN ('Pending', 'Uncertain')");
            e.Property(m => m.Body).Encrypted(cipher);
        });
}
