using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Organisation;

/// <summary>What an account is for.</summary>
public enum AccountKind
{
    /// <summary>A member of staff; acts through posts.</summary>
    Staff,

    /// <summary>A citizen; sees the own cases and those as an agent.</summary>
    Citizen,
}

/// <summary>A sign-in. Identity data (telephone) is encrypted; sign-in policy (lockout, stamp) is by the machine's clock.</summary>
public sealed class Account
{
    /// <summary>Identity.</summary>
    public Id<Account> Id { get; set; } = Id<Account>.New();

    /// <summary>Sign-in name, unique without regard to case.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Upper-case form used for look-up.</summary>
    public string NormalizedUserName { get; set; } = "";

    /// <summary>Name shown on pages and in the audit.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Hash of the password, as ASP.NET Core Identity makes it; null while none has been set.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes whenever sessions must end.</summary>
    public string SecurityStamp { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>Staff or citizen.</summary>
    public AccountKind Kind { get; set; }

    /// <summary>
    /// The person of the registry, where it has been proved (<see cref="CitizenAccounts"/>); recusal and the citizen's own cases
    /// depend on it.
    /// </summary>
    public Id<Person>? PersonId { get; set; }

    /// <summary>
    /// The identity number that the citizen declared when registering, encrypted; it proves nothing and opens no case until
    /// <see cref="PersonId"/> is set. Null for staff and for accounts that the administration opened.
    /// </summary>
    public string? IdNumber { get; set; }

    /// <summary>Where mail goes; null if there is none.</summary>
    public string? Email { get; set; }

    /// <summary>Language, <c>zh-CN</c> or <c>en</c>.</summary>
    public string Culture { get; set; } = "zh-CN";

    /// <summary>Failed sign-ins since the last good one.</summary>
    public int AccessFailedCount { get; set; }

    /// <summary>Machine time until which sign-in is refused.</summary>
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>Must set a new password at the next sign-in.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>Cannot sign in.</summary>
    public bool Disabled { get; set; }

    /// <summary>Raised by each change; a stale write is refused.</summary>
    public int Revision { get; set; }
}
