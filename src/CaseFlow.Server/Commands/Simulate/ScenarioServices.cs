using CaseFlow.Activities;
using CaseFlow.Cases;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Documents;
using CaseFlow.Documents.Fonts;
using CaseFlow.Persistence;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>The composition of the domain for simulations: the same registrations that the server makes, without pages.</summary>
internal static class ScenarioServices
{
    private static readonly Lazy<IDocumentPdfRenderer> Renderer = new(() => DocumentServices.CreatePdfRenderer(new DocumentFontOptions(), FontRoot()));

    /// <summary>Adds everything that cases need.</summary>
    public static void Add(IServiceCollection services, CaseFlowPersistenceOptions options)
    {
        services.AddCaseFlowPersistence(options);
        services.AddCaseFlowCases();
        services.AddCaseFlowActivities();
        services.AddSingleton<IDocumentRenderer, TemplateRenderer>();
        services.AddSingleton(_ => Renderer.Value);
        services.AddCaseFlowDueWork();
    }

    /// <summary>Loads the folder of a case type.</summary>
    public static async Task ImportCaseTypeAsync(ScenarioHost host, string root, string caseType, CancellationToken cancellationToken)
    {
        var folder = CaseTypeFolder.Read(Path.Combine(root, "workflows", caseType));
        await host.ActAsync<CaseTypeService, CaseTypeImport>(service => service.ImportAsync(Actor.System("scenario"), folder, "scenario", cancellationToken));
    }

    /// <summary>Loads the templates.</summary>
    public static Task ImportTemplatesAsync(ScenarioHost host, string root, CancellationToken cancellationToken)
    {
        return host.Services.GetRequiredService<IStepRunner>().RunAsync(
            new Step("template.import", Actor.System("scenario")),
            (services, token) => TemplateImport.ImportAsync(
                services.GetRequiredService<IUnitOfWork>(), Path.Combine(root, "templates"), services.GetRequiredService<IBusinessClock>().Today, token),
            cancellationToken);
    }

    /// <summary>The nearest folder above the program that holds the server's fonts.</summary>
    private static string FontRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var candidate in new[] { folder.FullName, Path.Combine(folder.FullName, "src", "CaseFlow.Server") })
            {
                if (Directory.Exists(Path.Combine(candidate, "fonts")))
                {
                    return candidate;
                }
            }
        }

        return AppContext.BaseDirectory;
    }
}
