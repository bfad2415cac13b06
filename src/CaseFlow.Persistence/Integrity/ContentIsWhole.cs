using System.Security.Cryptography;
using System.Text;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.People;
using CaseFlow.Persistence.Blobs;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>What is encrypted can be read and is what it was: documents by their hash, persons by their index; every blob that a row names is there.</summary>
internal sealed class ContentIsWhole(IBlindIndex index, FieldCipher cipher) : IIntegrityRule
{
    /// <inheritdoc/>
    public string Counts => "documents";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var documents = await CheckDocumentsAsync(db, findings, cancellationToken);
        await CheckPersonsAsync(db, findings, cancellationToken);
        var blobs = await CheckBlobsAsync(db, findings, cancellationToken);
        var named = await db.Set<Material>().Where(m => m.BlobHash != null).Select(m => m.BlobHash!)
            .Concat(db.Set<IssuedDocument>().Where(d => d.PdfHash != null).Select(d => d.PdfHash!))
            .ToListAsync(cancellationToken);
        if (named.Find(hash => !blobs.Contains(hash)) is { } missing)
        {
            findings.Add(new IntegrityFinding("blob-missing", missing, "A row names this content, but it is not in the store."));
        }

        return documents;
    }

    private static async Task<long> CheckDocumentsAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var count = 0L;
        var broken = false;
        var rows = db.Set<IssuedDocument>().AsNoTracking().OrderBy(d => d.IssuedAt).Select(d => new { d.Id, d.Html, d.ContentHash });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            count++;
            if (!broken && row.ContentHash != Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Html))))
            {
                broken = true;
                findings.Add(new IntegrityFinding("document-changed", row.Id.ToString(), "The frozen content does not fit its hash."));
            }
        }

        return count;
    }

    /// <summary>Reads every upload and PDF against its address, which is the hash of its content.</summary>
    private async Task<HashSet<string>> CheckBlobsAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        var broken = false;
        var rows = db.Set<Blob>().AsNoTracking().OrderBy(b => b.Hash).Select(b => new { b.Hash, b.Content });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            hashes.Add(row.Hash);
            if (!broken && !Fits(row.Hash, row.Content))
            {
                broken = true;
                findings.Add(new IntegrityFinding("blob-changed", row.Hash, "The stored content is damaged: it does not fit its hash."));
            }
        }

        return hashes;
    }

    private bool Fits(string hash, byte[] stored)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(cipher.Decrypt(stored, BlobStore.Column))) == hash;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private async Task CheckPersonsAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var persons = db.Set<Person>().AsNoTracking().OrderBy(p => p.Id).Select(p => new { p.Id, p.IdNumber, p.IdNumberIndex, p.Phone, p.PhoneIndex });
        await foreach (var person in persons.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var phone = string.IsNullOrWhiteSpace(person.Phone) ? null : index.OfPhone(person.Phone);
            if (person.IdNumberIndex != index.OfIdNumber(person.IdNumber) || person.PhoneIndex != phone)
            {
                findings.Add(new IntegrityFinding("person-index", person.Id.ToString(), "An index does not fit the number."));
                return;
            }
        }
    }
}
