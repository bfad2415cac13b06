using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Cases.Documents;

/// <summary>A rendered document.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Content">The file.</param>
public sealed record DocumentPdf(string Title, byte[] Content);

/// <summary>
/// The PDF of an issued document: rendered from the frozen HTML after the commit, once, by whoever needs it first. Whether
/// the reader may have it is checked by the caller.
/// </summary>
public sealed class DocumentPdfs(IServiceScopeFactory scopes, IStepRunner steps, IDocumentPdfRenderer renderer)
{
    /// <summary>The PDF; rendered now if it has not been. Null if there is no such document.</summary>
    /// <exception cref="DocumentFormatException">The frozen HTML cannot be laid out.</exception>
    public async Task<DocumentPdf?> GetAsync(Id<IssuedDocument> id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("pdf"));
        var document = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Set<IssuedDocument>()
            .AsNoTracking()
            .FirstOrDefaultAsync(d => d.Id == id, cancellationToken);
        if (document is null)
        {
            return null;
        }

        var stored = document.PdfHash is { } hash
            ? await scope.ServiceProvider.GetRequiredService<IBlobStore>().GetAsync(hash, cancellationToken)
            : null;
        return new DocumentPdf(document.Title, stored ?? await RenderAsync(document, cancellationToken));
    }

    private async Task<byte[]> RenderAsync(IssuedDocument document, CancellationToken cancellationToken)
    {
        var pdf = renderer.Render(document.Html, new DocumentPdfOptions { Title = document.Title, IssuedAt = document.IssuedAt });
        await steps.RunAsync(
            new Step("document.render", Actor.System("pdf"), Trigger: DocumentPdfWork.Trigger(document.Id)),
            async (services, token) =>
            {
                var hash = await services.GetRequiredService<IBlobStore>().PutAsync(pdf, token);
                return await services.GetRequiredService<IUnitOfWork>().Set<IssuedDocument>()
                    .Where(d => d.Id == document.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.PdfHash, hash), token);
            },
            cancellationToken);
        return pdf;
    }
}

/// <summary>Renders documents that have no PDF yet, in the order of issue.</summary>
public sealed class DocumentPdfWork(IServiceScopeFactory scopes, DocumentPdfs pdfs, IIncidentLog incidents, TimeProvider machine) : IDueWork
{
    private const int Batch = 5;

    /// <inheritdoc/>
    public string Name => "pdf";

    /// <summary>What identifies the rendering of a document among incidents.</summary>
    public static string Trigger(Id<IssuedDocument> id) => $"pdf:{id}";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var (id, caseId) in await FindAsync(cancellationToken))
        {
            try
            {
                await pdfs.GetAsync(id, cancellationToken);
                done++;
            }
            catch (Exception error) when (error is not OperationCanceledException and not ConflictException and not System.Data.Common.DbException)
            {
                // One document that cannot be laid out holds up no other.
                await incidents.RecordAsync("document.render", Trigger(id), caseId, error, cancellationToken);
            }
        }

        return done;
    }

    private async Task<List<(Id<IssuedDocument> Id, Id<Case> CaseId)>> FindAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("pdf"));
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var now = machine.GetUtcNow();
        var blocked = (await work.Set<Incident>().AsNoTracking()
            .Where(i => i.StepName == "document.render" && i.ResolvedAt == null && (i.NextTryAt == null || i.NextTryAt > now))
            .Select(i => i.Trigger)
            .ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var waiting = await work.Set<IssuedDocument>().AsNoTracking()
            .Where(d => d.PdfHash == null)
            .OrderBy(d => d.IssuedAt)
            .Select(d => new { d.Id, d.CaseId })
            .Take(Batch + blocked.Count)
            .ToListAsync(cancellationToken);
        return [.. waiting.Where(d => !blocked.Contains(Trigger(d.Id))).Take(Batch).Select(d => (d.Id, d.CaseId))];
    }
}
