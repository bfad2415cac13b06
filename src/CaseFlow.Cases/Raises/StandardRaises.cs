using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Raises;

/// <summary>A raise with its households.</summary>
/// <param name="Households">The households in their order.</param>
public sealed record RaiseSheet(IReadOnlyList<RaisedHousehold> Households)
{
    /// <summary>Households that get more.</summary>
    public IEnumerable<StandardRaiseLine> Raised => Households.Select(h => h.Line).Where(l => l.State is not RaiseLineState.Left);

    /// <summary>Households that somebody must look at.</summary>
    public IEnumerable<StandardRaiseLine> Left => Households.Select(h => h.Line).Where(l => l.State is RaiseLineState.Left);

    /// <summary>What the raised households get more each month, together.</summary>
    public Money Increase => Sum(l => l.After - l.Before);

    /// <summary>Arrears, together.</summary>
    public Money Arrears => Sum(l => l.Arrears);

    /// <summary>A sum over the raised households.</summary>
    public Money Sum(Func<StandardRaiseLine, Money> amount) => Raised.Aggregate(Money.Zero, (sum, l) => sum + amount(l));

    /// <summary>SHA-256 over who gets how much more from when, as lower-case hex. What becomes of a line later is not in it.</summary>
    public static string Fingerprint(StandardRaise raise, IEnumerable<StandardRaiseLine> lines)
    {
        ArgumentNullException.ThrowIfNull(raise);
        ArgumentNullException.ThrowIfNull(lines);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{raise.Number}|{raise.Programme}|{raise.AreaType}|{raise.From}|{raise.After.Fen}\n");
        foreach (var line in lines.OrderBy(l => l.Sequence))
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Sequence}|{line.CaseId}|{line.BeneficiaryId}|{line.Members}|{line.From}|{line.To}|{line.Before.Fen}|{line.After.Fen}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The hash of this sheet.</summary>
    public string HashFor(StandardRaise raise) => Fingerprint(raise, Households.Select(h => h.Line));
}

/// <summary>Reads raises: a preview as it would be approved now, any other as it was approved.</summary>
public sealed class StandardRaises(IUnitOfWork work, RaiseSources sources, PolicyDesk policy)
{
    /// <summary>The households of a raise.</summary>
    public async Task<RaiseSheet> ReadAsync(StandardRaise raise, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(raise);
        if (raise.State is StandardRaiseState.Draft)
        {
            return await PreviewAsync(raise, cancellationToken);
        }

        var lines = await work.Set<StandardRaiseLine>().AsNoTracking().Where(l => l.RaiseId == raise.Id).OrderBy(l => l.Sequence).ToListAsync(cancellationToken);
        return new RaiseSheet(lines.ConvertAll(l => new RaisedHousehold(l, [])));
    }

    /// <summary>The households as they would be raised now.</summary>
    internal async Task<RaiseSheet> PreviewAsync(StandardRaise raise, CancellationToken cancellationToken)
    {
        var composer = new RaiseComposer(await policy.BookAsync(cancellationToken), raise);
        return new RaiseSheet(composer.Compose(await sources.ReadAsync(raise, null, cancellationToken)));
    }

    /// <summary>One household as it would be raised now; null where nothing is to be done.</summary>
    internal async Task<RaisedHousehold?> OneAsync(StandardRaise raise, Id<Case> caseId, CancellationToken cancellationToken)
    {
        var source = await sources.ReadAsync(raise, caseId, cancellationToken);
        return source.Count == 0 ? null : new RaiseComposer(await policy.BookAsync(cancellationToken), raise).Of(source[0]);
    }
}
