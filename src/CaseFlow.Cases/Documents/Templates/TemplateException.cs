namespace CaseFlow.Cases.Documents.Templates;

/// <summary>A template is wrong, reads a field that the model lacks, or exceeds a limit. Nothing was rendered.</summary>
/// <param name="template">Key of the template.</param>
/// <param name="line">Line in it, from 1; 0 if unknown.</param>
/// <param name="reason">What is wrong.</param>
/// <param name="inner">The cause.</param>
public sealed class TemplateException(string template, int line, string reason, Exception? inner = null)
    : Exception($"{template}({line}): {reason}", inner)
{
    /// <summary>Key of the template.</summary>
    public string Template { get; } = template;

    /// <summary>Line in it, from 1; 0 if unknown.</summary>
    public int Line { get; } = line;

    /// <summary>What is wrong.</summary>
    public string Reason { get; } = reason;
}
