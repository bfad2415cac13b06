using CaseFlow.Cases.Blobs;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class BlobsMapping
{
    public static void Apply(ModelBuilder model) =>
        model.Entity<Blob>(e =>
        {
            e.ToTable("Blobs");
            e.HasKey(b => b.Hash);
            e.Property(b => b.Hash).HasMaxLength(64);
            e.HasIndex(b => b.StoredAt);
        });
}
