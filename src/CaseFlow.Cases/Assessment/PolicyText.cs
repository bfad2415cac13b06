using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Assessment;

/// <summary>A wording that law or a local decision may change: remedies, the name of the review authority, the court. Never edited in place.</summary>
public sealed class PolicyText
{
    /// <summary>Identity.</summary>
    public Id<PolicyText> Id { get; set; } = Id<PolicyText>.New();

    /// <summary>Key such as <c>remedies.dibao</c> or <c>review.authority</c>.</summary>
    public string Key { get; set; } = "";

    /// <summary>The wording, in Chinese; other keys may stand in it in double braces.</summary>
    public string Text { get; set; } = "";

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Last day; null while open.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Document that sets it.</summary>
    public string Source { get; set; } = "";

    /// <summary>Article, if one is known.</summary>
    public string? Article { get; set; }

    /// <summary>True where the bureau must confirm it.</summary>
    public bool ToBeConfirmed { get; set; }

    /// <summary>State of publication.</summary>
    public PublicationState State { get; set; } = PublicationState.Published;

    /// <summary>Who submitted it.</summary>
    public Id<Account>? SubmittedBy { get; set; }
}
