using CaseFlow.Cases.Organisation;
using Microsoft.AspNetCore.Authorization;

namespace CaseFlow.Server.SignIn;

/// <summary>Names of the authorisation policies of pages and of the API.</summary>
internal static class Policies
{
    /// <summary>Anyone who has signed in.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>A member of staff who holds at least one post in force.</summary>
    public const string Staff = "staff";

    /// <summary>A citizen.</summary>
    public const string Citizen = "citizen";

    /// <summary>Reads the administration: administrator, director, discipline officer.</summary>
    public const string Admin = "admin";

    /// <summary>Changes the administration: the administrator alone.</summary>
    public const string Administrator = "administrator";

    /// <summary>Adds them all.</summary>
    public static void AddAll(AuthorizationBuilder builder)
    {
        Add(builder, SignedIn, _ => true);
        Add(builder, Staff, a => a.Kind == ActorKind.Staff && a.Posts.Count > 0);
        Add(builder, Citizen, a => a.Kind == ActorKind.Citizen);
        Add(builder, Admin, a => a.Holds(PostKind.SystemAdmin) || a.Holds(PostKind.BureauDirector) || a.Holds(PostKind.DisciplineOfficer));
        Add(builder, Administrator, a => a.Holds(PostKind.SystemAdmin));
    }

    private static void Add(AuthorizationBuilder builder, string name, Func<Actor, bool> allows) =>
        builder.AddPolicy(name, policy => policy.RequireAuthenticatedUser().AddRequirements(new ActorRequirement(allows)));
}
