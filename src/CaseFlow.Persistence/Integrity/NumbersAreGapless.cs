using System.Globalization;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>
/// Each number series was used up to its last number without a gap and without a number twice. Case numbers such as
/// <c>DB-220502-2026-000123</c> come from series too; a series of the year 0 is a lock that numbers nothing.
/// </summary>
internal sealed class NumbersAreGapless : IIntegrityRule
{
    /// <inheritdoc/>
    public string Counts => "official numbers";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var used = (await db.Set<IssuedDocument>()
            .Where(d => d.Number != null)
            .Select(d => new { d.BodyCode, d.NumberKind, d.NumberYear, d.Number })
            .ToListAsync(cancellationToken))
            .ToLookup(d => (d.BodyCode ?? "", d.NumberKind ?? "", d.NumberYear ?? 0), d => d.Number!.Value);
        var cases = (await db.Set<Case>().Where(c => c.Number != "").Select(c => c.Number).ToListAsync(cancellationToken))
            .Select(number => number.Split('-'))
            .Where(parts => parts.Length == 4)
            .ToLookup(
                parts => (parts[1], parts[0], int.Parse(parts[2], CultureInfo.InvariantCulture)),
                parts => int.Parse(parts[3], CultureInfo.InvariantCulture));
        var series = await db.Set<NumberSeries>().OrderBy(s => s.BodyCode).ThenBy(s => s.Kind).ThenBy(s => s.Year).ToListAsync(cancellationToken);
        foreach (var one in series.Where(s => s.Year > 0))
        {
            var key = (one.BodyCode, one.Kind, one.Year);
            CheckSeries($"{one.BodyCode} {one.Kind} {one.Year}", one.Last, [.. used[key], .. cases[key]], findings);
        }

        var known = series.Select(s => (s.BodyCode, s.Kind, s.Year)).ToHashSet();
        if (used.FirstOrDefault(u => !known.Contains(u.Key)) is { } stray)
        {
            findings.Add(new IntegrityFinding("number-without-series", stray.Key.ToString(), "Documents carry numbers of a series that does not exist."));
        }

        var shown = await db.Set<IssuedDocument>()
            .Where(d => d.OfficialNumber != null)
            .GroupBy(d => d.OfficialNumber)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .FirstOrDefaultAsync(cancellationToken);
        if (shown is not null)
        {
            findings.Add(new IntegrityFinding("number-twice", shown, "Two documents carry the same official number."));
        }

        return used.Sum(u => u.LongCount());
    }

    private static void CheckSeries(string name, int last, List<int> numbers, ICollection<IntegrityFinding> findings)
    {
        numbers.Sort();
        for (var i = 0; i < numbers.Count; i++)
        {
            if (i > 0 && numbers[i] == numbers[i - 1])
            {
                findings.Add(new IntegrityFinding("number-twice", $"{name} {numbers[i]}", "The number was given twice."));
                return;
            }

            if (numbers[i] != i + 1)
            {
                findings.Add(new IntegrityFinding("number-gap", $"{name} {i + 1}", $"The number is missing; the next one that was given is {numbers[i]}."));
                return;
            }
        }

        if (numbers.Count != last)
        {
            findings.Add(new IntegrityFinding("number-gap", $"{name} {numbers.Count + 1}", $"The series says that {last} numbers were drawn, {numbers.Count} are found."));
        }
    }
}
