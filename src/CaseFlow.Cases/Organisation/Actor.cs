using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;

namespace CaseFlow.Cases.Organisation;

/// <summary>What kind of actor it is.</summary>
public enum ActorKind
{
    /// <summary>A member of staff in a post.</summary>
    Staff,

    /// <summary>A citizen.</summary>
    Citizen,

    /// <summary>The system itself: timers, dispatch, import.</summary>
    System,
}

/// <summary>Who does something: person + post + organisation, as every audit entry names it.</summary>
/// <param name="Kind">Staff, citizen or system.</param>
/// <param name="AccountId">The account; none for the system.</param>
/// <param name="Name">Name shown.</param>
/// <param name="PersonId">The person of the registry, if known.</param>
/// <param name="Posts">The posts in force now, the acting one first; read from the database for each request.</param>
/// <param name="Scope">What may be read and written.</param>
public sealed record Actor(
    ActorKind Kind,
    Id<Account>? AccountId,
    string Name,
    Id<Person>? PersonId,
    IReadOnlyList<PostInForce> Posts,
    DataScope Scope)
{
    /// <summary>The acting post: the first in force; null for citizens and the system.</summary>
    public PostInForce? Post => Posts.Count > 0 ? Posts[0] : null;

    /// <summary>Name with the post in which somebody acts, and for whom they substitute: 李四（财务，代王五）.</summary>
    public string NameAndPost => Post is { } post
        ? post.SubstituteFor is { } holder ? $"{Name}（{post.JobTitle}，代{holder}）" : $"{Name}（{post.JobTitle}）"
        : Name;

    /// <summary>The system, which may read everything; the reason goes to the audit.</summary>
    /// <param name="reason">Why, for example <c>timer</c>.</param>
    public static Actor System(string reason) => new(ActorKind.System, null, reason, null, [], DataScope.System(reason));

    /// <summary>Whether one of the posts in force is <paramref name="post"/>.</summary>
    public bool Holds(PostKind post) => Posts.Any(p => p.Post == post);
}

/// <summary>A post that somebody may act in now, own or as a substitute.</summary>
/// <param name="AssignmentId">The assignment.</param>
/// <param name="Post">The post.</param>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="OrganisationName">Its short name.</param>
/// <param name="Level">Its level.</param>
/// <param name="JobTitle">Title for display.</param>
/// <param name="SubstituteFor">The holder's name, where this is a substitution (代).</param>
/// <param name="CaseType">The only case type of a substitution; null for all.</param>
public sealed record PostInForce(
    Id<PostAssignment> AssignmentId,
    PostKind Post,
    Id<OrganisationUnit> OrganisationId,
    string OrganisationName,
    OrganisationLevel Level,
    string JobTitle,
    string? SubstituteFor = null,
    string? CaseType = null);
