using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Notices;

/// <summary>长期公布 of a grant (Dibao-57 Art. 24): name, number of members and amount, as long as the support lasts. Nobody waits for it to end.</summary>
public sealed class StandingPublication
{
    /// <summary>Identity.</summary>
    public Id<StandingPublication> Id { get; set; } = Id<StandingPublication>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Community where it hangs.</summary>
    public Id<OrganisationUnit>? CommunityId { get; set; }

    /// <summary>Programme name shown (最低生活保障).</summary>
    public string Programme { get; set; } = "";

    /// <summary>Name as the web shows it, masked.</summary>
    public string MaskedName { get; set; } = "";

    /// <summary>Number of members who count.</summary>
    public int Members { get; set; }

    /// <summary>Monthly amount.</summary>
    public Money Amount { get; set; }

    /// <summary>The day on which it was posted first.</summary>
    public DateOnly PostedOn { get; set; }

    /// <summary>The day of the last refresh; quarterly, and whenever something changes.</summary>
    public DateOnly RefreshedOn { get; set; }

    /// <summary>The day on which it was taken down; null while it hangs. The record stays.</summary>
    public DateOnly? RemovedOn { get; set; }
}
