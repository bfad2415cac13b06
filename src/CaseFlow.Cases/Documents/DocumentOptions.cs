namespace CaseFlow.Cases.Documents;

/// <summary>What an installation prints on its documents.</summary>
public sealed class DocumentOptions
{
    /// <summary>Address of the public check page, to which the check code is added.</summary>
    public string CheckAddress { get; set; } = "http://localhost:5080/check/";

    /// <summary>Words on the seal of an installation that must not look like a real one; null in production.</summary>
    public string? SealRemark { get; set; }
}
