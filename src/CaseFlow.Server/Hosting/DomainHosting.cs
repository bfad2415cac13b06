using CaseFlow.Activities;
using CaseFlow.Cases;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Documents;
using CaseFlow.Documents.Fonts;

namespace CaseFlow.Server.Hosting;

/// <summary>What the domain stands on besides the database: the engine's port, document rendering, and due work.</summary>
internal static class DomainHosting
{
    /// <summary>Registers activities, document rendering and due work.</summary>
    public static void AddDomain(this WebApplicationBuilder builder)
    {
        builder.Services.AddCaseFlowActivities();
        builder.Services.AddCaseFlowDueWork();
        builder.Services.AddSingleton<IDocumentRenderer, TemplateRenderer>(_ => new TemplateRenderer());
        var fonts = builder.Configuration.GetSection("Documents:Fonts").Get<DocumentFontOptions>() ?? new DocumentFontOptions();
        builder.Services.AddSingleton(_ => DocumentServices.CreatePdfRenderer(fonts, builder.Environment.ContentRootPath));
    }
}
