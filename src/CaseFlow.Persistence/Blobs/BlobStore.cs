using System.Security.Cryptography;
using CaseFlow.Cases.Blobs;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Protection;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Steps;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Blobs;

/// <summary>The default store: a table of the same database. Inside a step it writes with the step, else in a transaction of its own.</summary>
internal sealed class BlobStore(CaseFlowDbContext db, Transactions transactions, FieldCipher cipher, TimeProvider time) : IBlobStore
{
    /// <summary>What the content is bound to when it is encrypted.</summary>
    internal const string Column = "Blob.Content";

    /// <inheritdoc/>
    public async Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var sealedBytes = cipher.Encrypt(content.Span, Column);
        if (db.InStep)
        {
            await BlobSql.PutAsync(db, hash, sealedBytes, content.Length, time.GetUtcNow(), cancellationToken);
        }
        else
        {
            await transactions.RunAsync(
                "blob",
                (own, stop) => BlobSql.PutAsync(own, hash, sealedBytes, content.Length, time.GetUtcNow(), stop),
                cancellationToken);
        }

        return hash;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string hash, CancellationToken cancellationToken)
    {
        var stored = await db.Set<Blob>().Where(b => b.Hash == hash).Select(b => b.Content).SingleOrDefaultAsync(cancellationToken);
        return stored is null ? null : cipher.Decrypt(stored, Column);
    }
}
