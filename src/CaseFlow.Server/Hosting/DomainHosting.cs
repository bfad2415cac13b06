using CaseFlow.Activities;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Messages;
using CaseFlow.Documents;
using CaseFlow.Documents.Fonts;
using CaseFlow.Server.Background.Mail;

namespace CaseFlow.Server.Hosting;

/// <summary>What the domain stands on besides the database: the engine's port, document rendering, and mail.</summary>
internal static class DomainHosting
{
    /// <summary>Registers activities, document rendering and mail.</summary>
    public static void AddDomain(this WebApplicationBuilder builder)
    {
        builder.Services.AddCaseFlowActivities();
        builder.Services.AddSingleton<IDocumentRenderer, TemplateRenderer>(_ => new TemplateRenderer());
        var fonts = builder.Configuration.GetSection("Documents:Fonts").Get<DocumentFontOptions>() ?? new DocumentFontOptions();
        builder.Services.AddSingleton(_ => DocumentServices.CreatePdfRenderer(fonts, builder.Environment.ContentRootPath));
        builder.Services.AddSingleton(builder.Configuration.GetSection(MailOptions.Section).Get<MailOptions>() ?? new MailOptions());
        builder.Services.AddSingleton<IMailTransport, MailKitTransport>(s => new MailKitTransport(s.GetRequiredService<MailOptions>()));
    }
}
