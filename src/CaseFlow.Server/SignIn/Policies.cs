namespace CaseFlow.Server.SignIn;

/// <summary>Names of the authorisation policies of pages and of the API.</summary>
internal static class Policies
{
    /// <summary>A member of staff who holds at least one post in force.</summary>
    public const string Staff = "staff";

    /// <summary>A citizen.</summary>
    public const string Citizen = "citizen";

    /// <summary>An administrator, or a post that reads the administration.</summary>
    public const string Admin = "admin";

    /// <summary>Anyone who has signed in.</summary>
    public const string SignedIn = "signed-in";
}
