using System.Text.Json.Serialization;

namespace CaseFlow.Simulators.Verification;

/// <summary>A request to the platform.</summary>
public sealed record PlatformRequest
{
    /// <summary>The caller's id; the same id is the same request.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Case number.</summary>
    public required string CaseNumber { get; init; }

    /// <summary>dibao, tekun, relief, borderline or review.</summary>
    public required string Purpose { get; init; }

    /// <summary>The signed authorisation.</summary>
    public PlatformAuthorisation? Authorisation { get; init; }

    /// <summary>Date of the data.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Months back from it.</summary>
    public int PeriodMonths { get; init; } = 12;

    /// <summary>Whom to look up.</summary>
    public required IReadOnlyList<PlatformPerson> Persons { get; init; }

    /// <summary>Which sources to ask.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Where to call back, if anywhere; otherwise the caller polls.</summary>
    public Uri? CallbackUrl { get; init; }
}

/// <summary>The authorisation on which a request rests.</summary>
/// <param name="DocumentId">The signed paper.</param>
/// <param name="SignedOn">Day of signature.</param>
/// <param name="ValidTo">Last day, if limited.</param>
public sealed record PlatformAuthorisation(string DocumentId, DateOnly SignedOn, DateOnly? ValidTo);

/// <summary>A person of a request.</summary>
/// <param name="Ref">The caller's name for the person.</param>
/// <param name="Name">Name.</param>
/// <param name="IdNumber">Identity number.</param>
/// <param name="Relation">Relation to the applicant.</param>
/// <param name="Role">member or obligor.</param>
public sealed record PlatformPerson(string Ref, string Name, string IdNumber, string? Relation, string? Role);

/// <summary>An answer of the platform.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="PlatformNumber">The platform's number for it.</param>
/// <param name="Status">accepted, partial, complete or rejected.</param>
/// <param name="ReportedOn">Day of the report, once complete.</param>
/// <param name="ValidTo">Last day on which it may be used.</param>
/// <param name="Results">Person × source.</param>
/// <param name="Conclusion">meets, exceedsIncome, exceedsProperty, inconsistent or undetermined; once complete.</param>
/// <param name="Reason">Why it was rejected.</param>
public sealed record PlatformAnswer(
    Guid RequestId,
    string PlatformNumber,
    string Status,
    DateOnly? ReportedOn,
    DateOnly? ValidTo,
    IReadOnlyList<PlatformResult> Results,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Conclusion = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

/// <summary>What one source says about one person.</summary>
/// <param name="Ref">The caller's name for the person.</param>
/// <param name="Source">The source.</param>
/// <param name="Status">found, none, unavailable or noAuthority. Silence is not "no assets".</param>
/// <param name="AsOf">Date of the data.</param>
/// <param name="Items">What was found.</param>
public sealed record PlatformResult(string Ref, string Source, string Status, DateOnly AsOf, IReadOnlyList<PlatformItem> Items);

/// <summary>A thing found.</summary>
/// <param name="Kind">wage, business, rent or pension with the sum of a year; deposit and others with the value.</param>
/// <param name="AmountFen">Whole fen.</param>
/// <param name="Detail">Whatever the source adds.</param>
public sealed record PlatformItem(string Kind, long AmountFen, IReadOnlyDictionary<string, string>? Detail = null);

/// <summary>What the simulated sources know about a person.</summary>
/// <param name="Source">The source.</param>
/// <param name="Kind">Kind of thing.</param>
/// <param name="AmountFen">Whole fen.</param>
public sealed record Finding(string Source, string Kind, long AmountFen);

/// <summary>Faults on request. They hold for requests that come in after they were set, <see cref="Down"/> at once.</summary>
public sealed record PlatformFaults
{
    /// <summary>Seconds added to the time until the complete answer.</summary>
    public double LateSeconds { get; init; }

    /// <summary>Never gets further than a partial answer.</summary>
    public bool PartialOnly { get; init; }

    /// <summary>Each callback is sent twice.</summary>
    public bool Twice { get; init; }

    /// <summary>Callbacks carry a signature that does not fit.</summary>
    public bool WrongSignature { get; init; }

    /// <summary>Every call is answered with 503; no callbacks.</summary>
    public bool Down { get; init; }

    /// <summary>Every request is rejected.</summary>
    public bool Reject { get; init; }

    /// <summary>Sources that cannot be asked.</summary>
    public IReadOnlyList<string> Unavailable { get; init; } = [];
}
