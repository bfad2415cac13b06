using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.Hosting;

/// <summary>
/// Brings policy, templates and case types of the seed folder into the database. What is known already (by content) is left
/// alone; what is new is published at once only in an empty or demo database, else it waits for a second person.
/// </summary>
internal sealed class SeedImport(IStepRunner steps, CaseTypeService caseTypes, ILogger<SeedImport> log)
{
    private static readonly Actor Importer = Actor.System("seed import");

    /// <summary>Imports the whole folder.</summary>
    /// <param name="folder">The seed folder.</param>
    /// <param name="validFrom">First day of use of new templates.</param>
    /// <param name="cancellationToken">Stops between the parts.</param>
    public async Task ImportAsync(string folder, DateOnly validFrom, CancellationToken cancellationToken)
    {
        await steps.RunAsync(
            new Step("policy.import", Importer),
            async (services, token) =>
            {
                await PolicyImport.ImportAsync(services.GetRequiredService<IUnitOfWork>(), Path.Combine(folder, "policy"), token);
                return true;
            },
            cancellationToken);
        var added = await steps.RunAsync(
            new Step("templates.import", Importer),
            (services, token) => TemplateImport.ImportAsync(services.GetRequiredService<IUnitOfWork>(), Path.Combine(folder, "templates"), validFrom, token),
            cancellationToken);
        foreach (var caseType in Directory.GetDirectories(Path.Combine(folder, "workflows")).Order(StringComparer.Ordinal))
        {
            await caseTypes.ImportAsync(Importer, CaseTypeFolder.Read(caseType), "seed", cancellationToken);
        }

        log.LogInformation("Seed imported from {Folder}; {Templates} template versions are new.", folder, added);
    }
}
