using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Tasks;

/// <summary>The lists that a task keeps as text.</summary>
public static class TaskPosts
{
    /// <summary>Posts, separated by commas.</summary>
    public static IReadOnlyList<PostKind> Parse(string posts) =>
        [.. Split(posts).Select(Enum.Parse<PostKind>)];

    /// <summary>Outcomes, separated by commas.</summary>
    public static IReadOnlyList<string> Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The post in which somebody does a task; null if none fits.</summary>
    public static PostInForce? Fitting(Actor actor, WorkTask task, string caseType)
    {
        var posts = Parse(task.CandidatePosts);
        return actor.Posts.FirstOrDefault(p =>
            posts.Contains(p.Post) && p.OrganisationId == task.OrganisationId && (p.CaseType is null || p.CaseType == caseType));
    }
}
