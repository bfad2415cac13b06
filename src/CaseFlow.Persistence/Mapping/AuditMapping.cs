using CaseFlow.Cases.Audit;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class AuditMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<AuditEntry>(e =>
        {
            e.ToTable("AuditEntries");
            e.HasKey(a => new { a.Chain, a.Sequence });
            e.Property(a => a.Chain).HasMaxLength(100);
            e.Property(a => a.Sequence).ValueGeneratedNever();
            e.HasIndex(a => a.CaseId);
            e.HasIndex(a => a.At);
        });
        model.Entity<AccessLogEntry>(e =>
        {
            e.ToTable("AccessLog");
            e.Property(a => a.Node).HasMaxLength(100);
            e.HasIndex(a => new { a.Node, a.Day, a.Sequence }).IsUnique();
        });
        model.Entity<AuditRoot>(e =>
        {
            e.ToTable("AuditRoots");
            e.HasKey(r => r.Day);
        });
    }
}
