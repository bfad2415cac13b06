using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Audit;

/// <summary>
/// An act, in a hash chain per case (<c>case:{id}</c>), or per object of the administration (<c>post:{id}</c> ...). The
/// entry is canonical JSON, stored and hashed as bytes, with references and digests, never encrypted values.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>The chain.</summary>
    public string Chain { get; set; } = "";

    /// <summary>1, 2, 3 ... in the chain.</summary>
    public int Sequence { get; set; }

    /// <summary>The case, for the chain of one; null for the administration.</summary>
    public Id<Case>? CaseId { get; set; }

    /// <summary>Canonical JSON of the entry (who, post, what, when, rule, facts, document).</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>SHA-256 of the previous entry's hash and this content.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>Verb for filters: <c>task.complete</c>, <c>document.issue</c> ...</summary>
    public string Action { get; set; } = "";

    /// <summary>Actor as text: name, post, organisation.</summary>
    public string ActorText { get; set; } = "";

    /// <summary>Business time.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>A read or a reveal of protected data; chained per node and day, touching no case row.</summary>
public sealed class AccessLogEntry
{
    /// <summary>Identity.</summary>
    public Id<AccessLogEntry> Id { get; set; } = Id<AccessLogEntry>.New();

    /// <summary>Server that served it.</summary>
    public string Node { get; set; } = "";

    /// <summary>Day of the chain (machine time, Shanghai).</summary>
    public DateOnly Day { get; set; }

    /// <summary>Number in the chain.</summary>
    public int Sequence { get; set; }

    /// <summary>Canonical JSON.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Chained hash.</summary>
    public byte[] Hash { get; set; } = [];
}

/// <summary>The root over all heads of a day, also written outside the database.</summary>
public sealed class AuditRoot
{
    /// <summary>The day.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Number of chains.</summary>
    public int Chains { get; set; }

    /// <summary>SHA-256 over the sorted heads.</summary>
    public byte[] Root { get; set; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset At { get; set; }
}
