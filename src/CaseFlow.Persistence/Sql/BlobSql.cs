using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Notices;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

internal static class BlobSql
{
    /// <summary>The columns that hold addresses of blobs; what stands in none of them is an orphan. A test finds new ones.</summary>
    public static IReadOnlyList<(Type Entity, string Property)> References { get; } =
    [
        (typeof(Material), nameof(Material.BlobHash)),
        (typeof(IssuedDocument), nameof(IssuedDocument.PdfHash)),
        (typeof(PublicNotice), nameof(PublicNotice.StartPhotoHash)),
        (typeof(PublicNotice), nameof(PublicNotice.EndPhotoHash)),
    ];

    /// <summary>Stores content, or keeps what is there fresh, so that a sweep at the same time leaves it.</summary>
    public static Task<int> PutAsync(CaseFlowDbContext db, string hash, byte[] content, long length, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Blobs" ("Hash", "Content", "Length", "StoredAt")
            VALUES ({hash}, {content}, {length}, {StorageConventions.ToMicroseconds(now)})
            ON CONFLICT ("Hash") DO UPDATE SET "StoredAt" = excluded."StoredAt"
            """,
            cancellationToken);

    /// <summary>Deletes orphans that were stored before a moment.</summary>
    public static Task<int> SweepAsync(CaseFlowDbContext db, DateTimeOffset storedBefore, CancellationToken cancellationToken) =>
        db.Set<Blob>()
            .Where(b => b.StoredAt < storedBefore
                && !db.Set<Material>().IgnoreQueryFilters().Any(m => m.BlobHash == b.Hash)
                && !db.Set<IssuedDocument>().IgnoreQueryFilters().Any(d => d.PdfHash == b.Hash)
                && !db.Set<PublicNotice>().IgnoreQueryFilters().Any(n => n.StartPhotoHash == b.Hash || n.EndPhotoHash == b.Hash))
            .ExecuteDeleteAsync(cancellationToken);
}
