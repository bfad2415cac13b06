using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.Simulators.Verification;

/// <summary>
/// The verification platform in memory. What it answers depends only on the request, on what it was told about the persons,
/// on the seed, and on how much time has passed: the same request always gets the same answer.
/// </summary>
public sealed class SimulatedPlatform(SimulatorOptions options, TimeProvider time)
{
    private const int ReportValidMonths = 3;

    /// <summary>46,000 yuan: above 24 times the urban standard for up to three members.</summary>
    private const long SurpriseFen = 46_000_00;

    private readonly ConcurrentDictionary<Guid, Entry> _requests = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<Finding>> _known = new(StringComparer.Ordinal);
    private int _number;

    /// <summary>The faults that are on.</summary>
    public PlatformFaults Faults { get; set; } = new();

    /// <summary>Tells the sources what to find about a person; replaces what they knew.</summary>
    public void Learn(string idNumber, IReadOnlyList<Finding> findings) => _known[idNumber] = findings;

    /// <summary>Takes a request in; the same id again changes nothing and gets the present answer.</summary>
    /// <returns>The answer, and whether the request is new.</returns>
    public (PlatformAnswer Answer, bool IsNew) Accept(PlatformRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var mine = new Entry(request, Faults, time.GetUtcNow(), Interlocked.Increment(ref _number));
        var entry = _requests.GetOrAdd(request.RequestId, mine);
        var isNew = ReferenceEquals(entry, mine);
        return (isNew && !entry.Faults.Reject ? Answer(entry, "accepted") : Now(entry), isNew);
    }

    /// <summary>The present answer; null if the request is unknown.</summary>
    public PlatformAnswer? Find(Guid requestId) => _requests.TryGetValue(requestId, out var entry) ? Now(entry) : null;

    /// <summary>When the stages of a request are reached, from its arrival: partial, complete.</summary>
    public (TimeSpan Partial, TimeSpan? Complete) Schedule(PlatformFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        var complete = options.AnswerAfter + TimeSpan.FromSeconds(faults.LateSeconds);
        return (complete / 2, faults.PartialOnly ? null : complete);
    }

    /// <summary>Forgets requests, persons and faults.</summary>
    public void Reset()
    {
        _requests.Clear();
        _known.Clear();
        Faults = new PlatformFaults();
    }

    private PlatformAnswer Now(Entry entry)
    {
        if (entry.Faults.Reject)
        {
            return Answer(entry, "rejected");
        }

        var (partial, complete) = Schedule(entry.Faults);
        var age = time.GetUtcNow() - entry.At;
        return Answer(entry, complete is { } end && age >= end ? "complete" : age >= partial ? "partial" : "accepted");
    }

    private PlatformAnswer Answer(Entry entry, string status)
    {
        var request = entry.Request;
        var number = string.Create(CultureInfo.InvariantCulture, $"HD{request.AsOf:yyyyMMdd}{entry.Number:D6}");
        if (status is "accepted" or "rejected")
        {
            return new PlatformAnswer(request.RequestId, number, status, null, null, [], Reason: status == "rejected" ? "平台拒绝了这次请求（模拟）" : null);
        }

        var sources = status == "partial" ? request.Sources.Take((request.Sources.Count + 1) / 2) : request.Sources;
        List<PlatformResult> results = [.. from person in request.Persons from source in sources select Result(entry, person, source)];
        return status == "partial"
            ? new PlatformAnswer(request.RequestId, number, status, null, null, results)
            : new PlatformAnswer(request.RequestId, number, status, request.AsOf, request.AsOf.AddMonths(ReportValidMonths), results, Conclusion(results));
    }

    private PlatformResult Result(Entry entry, PlatformPerson person, string source)
    {
        var asOf = entry.Request.AsOf;
        if (entry.Faults.Unavailable.Contains(source))
        {
            return new PlatformResult(person.Ref, source, "unavailable", asOf, []);
        }

        if (entry.Request.Authorisation is null)
        {
            return new PlatformResult(person.Ref, source, "noAuthority", asOf, []);
        }

        List<PlatformItem> items = [.. Known(person.IdNumber).Where(f => f.Source == source).Select(f => new PlatformItem(f.Kind, f.AmountFen))];
        return new PlatformResult(person.Ref, source, items.Count > 0 ? "found" : "none", asOf, items);
    }

    private IReadOnlyList<Finding> Known(string idNumber)
    {
        if (_known.TryGetValue(idNumber, out var findings))
        {
            return findings;
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{options.Seed}/{idNumber}")));
        return BitConverter.ToUInt16(digest) % 100 < options.SurprisesPercent ? [new Finding("bank", "deposit", SurpriseFen)] : [];
    }

    /// <summary>The platform knows the property limit only roughly; the bureau decides.</summary>
    private static string Conclusion(List<PlatformResult> results)
    {
        if (results.Exists(r => r.Status is "unavailable" or "noAuthority"))
        {
            return "undetermined";
        }

        var property = results.SelectMany(r => r.Items).Where(i => i.Kind is not ("wage" or "business" or "rent" or "pension")).Sum(i => i.AmountFen);
        return property >= SurpriseFen ? "exceedsProperty" : "meets";
    }

    private sealed record Entry(PlatformRequest Request, PlatformFaults Faults, DateTimeOffset At, int Number);
}
