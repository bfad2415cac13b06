using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Admin.Audit;

/// <summary>An act or a read as the page shows it.</summary>
/// <param name="Chain">Its chain.</param>
/// <param name="Sequence">Its number in the chain.</param>
/// <param name="At">When; business time.</param>
/// <param name="Who">The actor with post and organisation.</param>
/// <param name="Action">The act.</param>
/// <param name="Subject">What it is about, in words; empty where that is not known.</param>
/// <param name="CaseNumber">The case, where the person may open it.</param>
/// <param name="Reason">Why, for reads.</param>
/// <param name="Content">The entry as it is hashed.</param>
/// <param name="Previous">Hash of the entry before; null where that is missing.</param>
/// <param name="Hash">Its own hash, as stored.</param>
/// <param name="Whole">Whether the hash follows from the content and the entry before.</param>
/// <param name="Place">Where the next page goes on.</param>
public sealed record AuditLine(
    string Chain,
    int Sequence,
    DateTimeOffset At,
    string Who,
    string Action,
    string Subject,
    string? CaseNumber,
    string? Reason,
    JsonObject Content,
    byte[]? Previous,
    byte[] Hash,
    bool Whole,
    string Place)
{
    /// <summary>Beginning and end of the hash.</summary>
    public string ShortHash => Short(Hash);

    /// <summary>Beginning and end of a hash, for people to compare.</summary>
    public static string Short(byte[] hash)
    {
        var text = Convert.ToHexStringLower(hash);
        return $"{text[..4]}…{text[^4..]}";
    }
}

/// <summary>What a search found.</summary>
/// <param name="Lines">The page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
/// <param name="Cut">Not everything was looked at: the search should be narrowed.</param>
internal sealed record AuditFindings(IReadOnlyList<AuditLine> Lines, int Total, string? Next, bool Cut = false);

/// <summary>A case as lines name it.</summary>
/// <param name="Id">The case.</param>
/// <param name="Number">Its number.</param>
internal sealed record NamedCase(Id<Case> Id, string Number);
