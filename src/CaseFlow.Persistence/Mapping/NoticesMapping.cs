using CaseFlow.Cases.Notices;
using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class NoticesMapping
{
    public static void Apply(ModelBuilder model, FieldCipher cipher)
    {
        model.Entity<PublicNotice>(e =>
        {
            e.ToTable("PublicNotices");
            e.OfCase(n => n.CaseId);
            e.HasIndex(n => new { n.State, n.EndsOn });
        });
        model.Entity<StandingPublication>(e =>
        {
            e.ToTable("StandingPublications");
            e.OfCase(p => p.CaseId);
            e.HasIndex(p => new { p.CommunityId, p.RemovedOn });
        });
        model.Entity<Objection>(e =>
        {
            e.ToTable("Objections");
            e.OfCase(o => o.CaseId);
            e.HasIndex(o => o.NoticeId);
            e.Property(o => o.ReceiptNumber).HasMaxLength(60);
            e.HasIndex(o => o.ReceiptNumber).IsUnique();
            e.Property(o => o.Text).Encrypted(cipher);
            e.Property(o => o.ObjectorName).EncryptedOptional(cipher);
            e.Property(o => o.ObjectorContact).EncryptedOptional(cipher);
            e.HasOne<PublicNotice>().WithMany().HasForeignKey(o => o.NoticeId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
