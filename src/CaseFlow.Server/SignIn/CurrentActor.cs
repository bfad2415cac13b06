using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.SignIn;

/// <summary>
/// Who makes this request, with the posts in force now. It is read from the database for each request, so that a post taken
/// away ends at once.
/// </summary>
internal sealed class CurrentActor
{
    /// <summary>The actor, or null where nobody has signed in.</summary>
    public Actor? Actor { get; set; }

    /// <summary>The actor of a page that needs a sign-in.</summary>
    /// <exception cref="InvalidOperationException">Nobody has signed in: the page lacks its <c>Authorize</c> attribute.</exception>
    public Actor Required => Actor ?? throw new InvalidOperationException("The page needs an Authorize attribute: nobody has signed in.");
}
