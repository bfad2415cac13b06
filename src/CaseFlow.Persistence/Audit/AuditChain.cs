using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Persistence.Audit;

/// <summary>The arithmetic of the chains.</summary>
internal static class AuditChain
{
    /// <inheritdoc cref="AuditHash.Start"/>
    public static byte[] Start => AuditHash.Start;

    /// <inheritdoc cref="AuditHash.Next"/>
    public static byte[] Hash(byte[] previous, byte[] content) => AuditHash.Next(previous, content);

    /// <summary>Who acted, with all posts that count: references and names, no identity numbers.</summary>
    public static JsonObject Describe(Actor actor)
    {
        var posts = actor.Posts.Select(p => (JsonNode)new JsonObject
        {
            ["assignment"] = p.AssignmentId.ToString(),
            ["post"] = p.Post.ToString(),
            ["organisation"] = p.OrganisationId.ToString(),
            ["organisationName"] = p.OrganisationName,
            ["title"] = p.JobTitle,
            ["substituteFor"] = p.SubstituteFor,
        });
        return new JsonObject
        {
            ["kind"] = actor.Kind.ToString(),
            ["account"] = actor.AccountId?.ToString(),
            ["name"] = actor.Name,
            ["posts"] = new JsonArray([.. posts]),
        };
    }

    /// <summary>The actor for lists: name, title, organisation, and 代 where it is a substitution.</summary>
    public static string Text(Actor actor) => actor.Post is { } post
        ? $"{actor.Name}（{post.OrganisationName}{post.JobTitle}{(post.SubstituteFor is null ? "" : $"，代{post.SubstituteFor}")}）"
        : actor.Name;
}
