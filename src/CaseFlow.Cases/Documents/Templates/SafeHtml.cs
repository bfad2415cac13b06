namespace CaseFlow.Cases.Documents.Templates;

/// <summary>Text that is already HTML and is written as it is. Only functions of ours make it.</summary>
/// <param name="Html">The HTML.</param>
internal sealed record SafeHtml(string Html)
{
    public override string ToString() => Html;
}
