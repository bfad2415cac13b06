using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Scope;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Citizen.Check;

/// <summary>Tells anybody whether a document is genuine: number and day only, no amount and no name.</summary>
internal sealed class DocumentCheck(IServiceScopeFactory scopes)
{
    /// <summary>Looks a check code up. Where the printed digest is given too, it must be that of the content as issued.</summary>
    public async Task<CheckedDocument> LookUpAsync(string code, string? hash, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("document check"));
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var plain = Plain(code);
        var document = await work.Set<IssuedDocument>().AsNoTracking()
            .Where(d => d.CheckCode == plain)
            .Select(d => new { d.OfficialNumber, d.Title, d.IssuedOn, d.VoidedAt, d.ContentHash })
            .FirstOrDefaultAsync(cancellationToken);
        if (document is null)
        {
            return new CheckedDocument(CheckResult.Unknown, null, null, null);
        }

        var altered = !string.IsNullOrEmpty(hash) && !document.ContentHash.StartsWith(hash, StringComparison.OrdinalIgnoreCase);
        var result = altered ? CheckResult.Altered : document.VoidedAt is null ? CheckResult.Genuine : CheckResult.Withdrawn;
        return new CheckedDocument(result, document.OfficialNumber, document.Title, document.IssuedOn);
    }

    /// <summary>A code as it is printed on the paper: groups of four capitals.</summary>
    public static string Printed(string code) => string.Join('-', code.ToUpperInvariant().Chunk(4).Select(c => new string(c)));

    /// <summary>The code as kept, whatever hyphens, blanks and capitals somebody typed.</summary>
    private static string Plain(string typed) =>
        string.Concat(typed.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}

/// <summary>What the check found.</summary>
internal enum CheckResult
{
    /// <summary>Issued and in force.</summary>
    Genuine,

    /// <summary>Issued, withdrawn later (作废).</summary>
    Withdrawn,

    /// <summary>The digest is not that of the document with this code.</summary>
    Altered,

    /// <summary>No document has this code.</summary>
    Unknown,
}

/// <summary>The answer of a check.</summary>
internal sealed record CheckedDocument(CheckResult Result, string? OfficialNumber, string? Title, DateOnly? IssuedOn);
