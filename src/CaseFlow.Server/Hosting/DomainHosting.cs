using CaseFlow.Activities;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Documents;
using CaseFlow.Documents.Fonts;

namespace CaseFlow.Server.Hosting;

/// <summary>What the domain stands on besides the database: the engine's port, and document rendering.</summary>
internal static class DomainHosting
{
    /// <summary>Registers activities, and document rendering.</summary>
    public static void AddDomain(this WebApplicationBuilder builder)
    {
        builder.Services.AddCaseFlowActivities();
        builder.Services.AddSingleton<IDocumentRenderer, TemplateRenderer>(_ => new TemplateRenderer());
        var fonts = builder.Configuration.GetSection(DocumentFontOptions.Section).Get<DocumentFontOptions>() ?? new DocumentFontOptions();
        builder.Services.AddSingleton(_ => DocumentServices.CreatePdfRenderer(fonts, builder.Environment.ContentRootPath));
    }
}
