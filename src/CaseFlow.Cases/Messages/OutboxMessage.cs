using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Messages;

/// <summary>How a message travels.</summary>
public enum MessageChannel
{
    /// <summary>Shown in the citizen's or clerk's pages.</summary>
    Portal,

    /// <summary>Mail.</summary>
    Mail,

    /// <summary>SMS by the gateway.</summary>
    Sms,
}

/// <summary>Where a message stands.</summary>
public enum MessageState
{
    /// <summary>To be sent.</summary>
    Pending,

    /// <summary>Accepted by the next server, or shown.</summary>
    Sent,

    /// <summary>Refused for good, or tried too often: a person must see to it.</summary>
    Dead,

    /// <summary>The connection broke after the content was handed over: it may or may not have arrived.</summary>
    Uncertain,
}

/// <summary>
/// A message written in the step that causes it and sent after the commit. It has one fixed key (Message-ID or gateway
/// key): none may be missing, no event may have two keys.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>Identity.</summary>
    public Id<OutboxMessage> Id { get; set; } = Id<OutboxMessage>.New();

    /// <summary>What it is about: unique per event, recipient and channel, for example <c>{caseId}/document/{id}/mail</c>.</summary>
    public string EventKey { get; set; } = "";

    /// <summary>Fixed Message-ID or gateway key.</summary>
    public string MessageKey { get; set; } = "";

    /// <summary>Channel.</summary>
    public MessageChannel Channel { get; set; }

    /// <summary>The case, if any.</summary>
    public Id<Case>? CaseId { get; set; }

    /// <summary>The person who gets it, if a citizen; the address is read from the registry when it is sent.</summary>
    public Id<Person>? PersonId { get; set; }

    /// <summary>The account that gets it, if staff or portal.</summary>
    public Id<Account>? AccountId { get; set; }

    /// <summary>Subject; never names the benefit.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Plain text; encrypted at rest.</summary>
    public string Body { get; set; } = "";

    /// <summary>Document attached as PDF, if any.</summary>
    public Id<IssuedDocument>? DocumentId { get; set; }

    /// <summary>State.</summary>
    public MessageState State { get; set; }

    /// <summary>When it was written (business time).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Machine time before which it is not tried.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Machine time until which a dispatcher has leased it.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Machine time at which the content of the last try was about to be handed over; null while it is certain that it was not.</summary>
    public DateTimeOffset? HandedOverAt { get; set; }

    /// <summary>A try ended without an answer after the hand-over: the receiver may hold the same Message-ID twice. Stays when a later try is accepted.</summary>
    public bool DeliveryUncertain { get; set; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Answer of the last try.</summary>
    public string? LastError { get; set; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When the receiver opened it on the portal.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}
