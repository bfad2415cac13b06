using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Admin.Audit;

/// <summary>
/// Finds acts and reads within the scope of who asks: an administrator finds the administration, who may read cases also their
/// chains. Each line is proved at once from the entry before it.
/// </summary>
internal sealed class AuditReader(IUnitOfWork work, CaseSearch cases, AuditNames names)
{
    /// <summary>Lines on a page.</summary>
    public const int PageSize = 50;

    /// <summary>The most entries of the access log that one search looks at, newest first: it has no columns to search in.</summary>
    private const int MostReads = 20_000;

    private const int MostCases = 200;

    /// <summary>A page of what is looked for.</summary>
    /// <param name="search">What.</param>
    /// <param name="limit">The most lines.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<AuditFindings> FindAsync(AuditSearch search, int limit, CancellationToken cancellationToken) =>
        search.Reads ? await ReadsAsync(search, limit, cancellationToken) : await ActsAsync(search, limit, cancellationToken);

    /// <summary>The acts that occur, for the filter.</summary>
    public async Task<IReadOnlyList<string>> ActionsAsync(CancellationToken cancellationToken) =>
        await work.Set<AuditEntry>().Select(a => a.Action).Distinct().OrderBy(a => a).ToListAsync(cancellationToken);

    /// <summary>One act by its place; null if it is not there or not in scope.</summary>
    public async Task<AuditLine?> FindOneAsync(string chain, int sequence, CancellationToken cancellationToken)
    {
        var entry = await work.Set<AuditEntry>().AsNoTracking().FirstOrDefaultAsync(a => a.Chain == chain && a.Sequence == sequence, cancellationToken);
        return entry is null ? null : (await LinesAsync([entry], cancellationToken))[0];
    }

    private async Task<AuditFindings> ActsAsync(AuditSearch search, int limit, CancellationToken cancellationToken)
    {
        var acts = await FilteredAsync(search, cancellationToken);
        var total = await acts.CountAsync(cancellationToken);
        if (search.Before is { } place)
        {
            acts = acts.Where(a => a.At < place.At
                || (a.At == place.At && (a.Chain.CompareTo(place.Chain) < 0 || (a.Chain == place.Chain && a.Sequence < place.Sequence))));
        }

        var rows = await acts.OrderByDescending(a => a.At).ThenByDescending(a => a.Chain).ThenByDescending(a => a.Sequence)
            .Take(limit + 1).ToListAsync(cancellationToken);
        var lines = await LinesAsync([.. rows.Take(limit)], cancellationToken);
        return new AuditFindings(lines, total, rows.Count > limit ? lines[^1].Place : null);
    }

    private async Task<IQueryable<AuditEntry>> FilteredAsync(AuditSearch search, CancellationToken cancellationToken)
    {
        var acts = work.Set<AuditEntry>().AsNoTracking();
        if (search.About is { } about)
        {
            var found = (await cases.FindAsync(about, MostCases, cancellationToken)).Select(c => (Id<Case>?)c.Id).ToList();
            acts = acts.Where(a => found.Contains(a.CaseId));
        }

        if (search.Who is { } who)
        {
            var prefixes = await names.ActorTextsAsync(who, cancellationToken);
            var (exact, begins) = (prefixes, prefixes.Select(p => p.Replace("%", "", StringComparison.Ordinal) + "（%").ToList());
            acts = acts.Where(a => exact.Contains(a.ActorText) || begins.Any(b => EF.Functions.Like(a.ActorText, b)));
        }

        acts = search.Action is { } action ? acts.Where(a => a.Action == action) : acts;
        acts = search.Start is { } start ? acts.Where(a => a.At >= start) : acts;
        return search.End is { } end ? acts.Where(a => a.At < end) : acts;
    }

    private async Task<List<AuditLine>> LinesAsync(List<AuditEntry> rows, CancellationToken cancellationToken)
    {
        var chains = rows.Select(r => r.Chain).Distinct().ToList();
        var before = rows.Select(r => r.Sequence - 1).Distinct().ToList();
        var hashes = await work.Set<AuditEntry>().AsNoTracking().Where(a => chains.Contains(a.Chain) && before.Contains(a.Sequence))
            .Select(a => new { a.Chain, a.Sequence, a.Hash }).ToDictionaryAsync(a => (a.Chain, a.Sequence), a => a.Hash, cancellationToken);
        var known = await names.CasesAsync(rows.Select(r => r.CaseId).OfType<Id<Case>>(), cancellationToken);
        var lines = new List<AuditLine>();
        foreach (var row in rows)
        {
            var previous = row.Sequence == 1 ? AuditHash.Start : hashes.GetValueOrDefault((row.Chain, row.Sequence - 1));
            var number = row.CaseId is { } id ? known.GetValueOrDefault(id) : null;
            lines.Add(new AuditLine(
                row.Chain,
                row.Sequence,
                row.At,
                row.ActorText,
                row.Action,
                number ?? await names.SubjectAsync(row.Chain, cancellationToken),
                number,
                null,
                Read(row.Content),
                previous,
                row.Hash,
                previous is not null && AuditHash.Next(previous, row.Content).AsSpan().SequenceEqual(row.Hash),
                AuditPlace.Of(row).ToString()));
        }

        return lines;
    }

    private async Task<AuditFindings> ReadsAsync(AuditSearch search, int limit, CancellationToken cancellationToken)
    {
        var log = work.Set<AccessLogEntry>().AsNoTracking();
        var rows = await log.OrderByDescending(a => a.Day).ThenByDescending(a => a.Node).ThenByDescending(a => a.Sequence)
            .Take(MostReads + 1).ToListAsync(cancellationToken);
        var accounts = search.Who is { } who ? await names.AccountsAsync(who, cancellationToken) : null;
        var subjects = search.About is { } about ? await names.SubjectsAsync(await cases.FindAsync(about, MostCases, cancellationToken), cancellationToken) : null;
        var found = new List<(AccessLogEntry Row, JsonObject Content)>();
        foreach (var row in rows.Take(MostReads))
        {
            var content = Read(row.Content);
            if (Matches(search, content, accounts, subjects))
            {
                found.Add((row, content));
            }
        }

        var from = search.Before is { } place ? found.FindIndex(f => PlaceOf(f.Row, f.Content) == place) + 1 : 0;
        var page = found.Skip(from).Take(limit).ToList();
        var hashes = rows.ToDictionary(r => (r.Node, r.Day, r.Sequence), r => r.Hash);
        var lines = new List<AuditLine>();
        foreach (var (row, content) in page)
        {
            lines.Add(await ReadLineAsync(row, content, hashes, cancellationToken));
        }

        return new AuditFindings(lines, found.Count, from + limit < found.Count ? lines[^1].Place : null, rows.Count > MostReads);
    }

    private async Task<AuditLine> ReadLineAsync(
        AccessLogEntry row, JsonObject content, Dictionary<(string Node, DateOnly Day, int Sequence), byte[]> hashes, CancellationToken cancellationToken)
    {
        var previous = row.Sequence == 1 ? AuditHash.Start : hashes.GetValueOrDefault((row.Node, row.Day, row.Sequence - 1))
            ?? await work.Set<AccessLogEntry>().Where(a => a.Node == row.Node && a.Day == row.Day && a.Sequence == row.Sequence - 1).Select(a => a.Hash).FirstOrDefaultAsync(cancellationToken);
        var subject = (string?)content["subject"] ?? "";
        var number = await names.CaseNumberAsync(subject, cancellationToken);
        return new AuditLine(
            $"access:{row.Node}:{row.Day:yyyy-MM-dd}",
            row.Sequence,
            At(content),
            names.Actor(content["actor"] as JsonObject),
            (string?)content["action"] ?? "",
            number ?? await names.SubjectAsync(subject, cancellationToken),
            number,
            (string?)content["reason"],
            content,
            previous,
            row.Hash,
            previous is not null && AuditHash.Next(previous, row.Content).AsSpan().SequenceEqual(row.Hash),
            PlaceOf(row, content).ToString());
    }

    private static bool Matches(AuditSearch search, JsonObject content, HashSet<string>? accounts, HashSet<string>? subjects)
    {
        var at = At(content);
        return (search.Action is null || (string?)content["action"] == search.Action)
            && (accounts is null || accounts.Contains((string?)content["actor"]?["account"] ?? ""))
            && (subjects is null || subjects.Contains((string?)content["subject"] ?? ""))
            && !(at < search.Start) && !(at >= search.End);
    }

    private static AuditPlace PlaceOf(AccessLogEntry row, JsonObject content) => new(At(content), $"{row.Node}:{row.Day:yyyy-MM-dd}", row.Sequence);

    private static DateTimeOffset At(JsonObject content) =>
        DateTimeOffset.UnixEpoch.AddTicks(((long?)content["businessTime"] ?? 0) * TimeSpan.TicksPerMicrosecond);

    private static JsonObject Read(byte[] content) => JsonNode.Parse(content) as JsonObject ?? [];
}
