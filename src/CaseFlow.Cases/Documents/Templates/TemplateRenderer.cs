using System.Text.Json.Nodes;

namespace CaseFlow.Cases.Documents.Templates;

/// <summary>
/// Renders templates in a sandbox. A field that the model lacks is an error that names it; everything written is
/// HTML-escaped. Stateless; safe for several threads.
/// </summary>
public sealed class TemplateRenderer : IDocumentRenderer
{
    private readonly TemplateLimits _limits;

    /// <summary>A renderer with the usual limits.</summary>
    public TemplateRenderer()
        : this(new TemplateLimits())
    {
    }

    /// <summary>A renderer with other limits.</summary>
    public TemplateRenderer(TemplateLimits limits) => _limits = limits;

    /// <inheritdoc/>
    /// <exception cref="TemplateException">A declared field is missing, or the template fails or exceeds a limit.</exception>
    public string Render(DocumentTemplate template, JsonObject model)
    {
        ArgumentNullException.ThrowIfNull(template);
        var (complete, missing) = TemplateModel.Parse(template.ModelJson).Complete(model);
        return missing.Count == 0
            ? RenderHtml(template.Key, template.Text, complete)
            : throw new TemplateException(template.Key, 0, $"the model has no {string.Join(", ", missing.Distinct())}");
    }

    /// <summary>Renders HTML.</summary>
    /// <param name="key">Names the template in errors.</param>
    /// <param name="text">Its text.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="TemplateException">The template fails or exceeds a limit.</exception>
    public string RenderHtml(string key, string text, JsonObject model) =>
        TemplateSandbox.Run(key, TemplateSandbox.Parse(key, text), model, escape: true, _limits).Trim();

    /// <summary>Renders plain text, as for a mail or an SMS: nothing is escaped.</summary>
    /// <exception cref="TemplateException">The template fails or exceeds a limit.</exception>
    public string RenderText(string key, string text, JsonObject model) =>
        TemplateSandbox.Run(key, TemplateSandbox.Parse(key, text), model, escape: false, _limits).Trim();
}
