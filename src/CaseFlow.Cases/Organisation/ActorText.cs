namespace CaseFlow.Cases.Organisation;

/// <summary>How an actor is named in rows, lists and audit: 李静（审核人，团结街道）, with 代 for a substitute.</summary>
public static class ActorText
{
    /// <summary>Names the actor in the post in which he or she acts.</summary>
    public static string Of(Actor actor, PostInForce? post)
    {
        if (post is null)
        {
            return actor.Kind == ActorKind.System ? "系统" : actor.Name;
        }

        var substitute = post.SubstituteFor is null ? "" : $"代{post.SubstituteFor}，";
        return $"{actor.Name}（{substitute}{PostNames.Of(post.Post)}，{post.OrganisationName}）";
    }
}
