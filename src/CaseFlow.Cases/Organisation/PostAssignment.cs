using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Organisation;

/// <summary>One person holds one post at one organisation for a period (days of the business clock, both inclusive).</summary>
public sealed class PostAssignment
{
    /// <summary>Identity.</summary>
    public Id<PostAssignment> Id { get; set; } = Id<PostAssignment>.New();

    /// <summary>Who holds it.</summary>
    public Id<Account> AccountId { get; set; }

    /// <summary>Which post.</summary>
    public PostKind Post { get; set; }

    /// <summary>Where.</summary>
    public Id<OrganisationUnit> OrganisationId { get; set; }

    /// <summary>Title for display, for example 民政办主任.</summary>
    public string JobTitle { get; set; } = "";

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Last day; null while open.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Raised by each change.</summary>
    public int Revision { get; set; }
}

/// <summary>授权代理: for a period another officer acts in a post. The audit says 代.</summary>
public sealed class Substitution
{
    /// <summary>Identity.</summary>
    public Id<Substitution> Id { get; set; } = Id<Substitution>.New();

    /// <summary>The post that is substituted.</summary>
    public Id<PostAssignment> PostAssignmentId { get; set; }

    /// <summary>Who acts meanwhile.</summary>
    public Id<Account> SubstituteId { get; set; }

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Last day.</summary>
    public DateOnly ValidTo { get; set; }

    /// <summary>Only this case type; null for all.</summary>
    public string? CaseType { get; set; }

    /// <summary>Why.</summary>
    public string Reason { get; set; } = "";
}
