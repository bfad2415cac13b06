using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Citizen.Guide;
using CaseFlow.Server.Components.Forms;

namespace CaseFlow.Server.Citizen.Apply;

/// <summary>An application on the desk: what is applied for, its pages, and what has been filled in.</summary>
/// <param name="Service">The service.</param>
/// <param name="SchemaJson">The schema of the form.</param>
/// <param name="Draft">What has been filled in.</param>
/// <param name="SavedAt">When it was last saved; null if nothing has been.</param>
/// <param name="Communities">The communities to choose from.</param>
public sealed record OpenApplication(Service Service, string SchemaJson, ApplicationDraft Draft, DateTimeOffset? SavedAt, IReadOnlyList<FieldOption> Communities)
{
    private readonly JsonObject _schema = (JsonObject)JsonNode.Parse(SchemaJson)!;

    /// <summary>The pages, with the persons named so far.</summary>
    public IReadOnlyList<ApplicationPage> Pages() => ApplicationPages.Of(FormSchema.Read(_schema), _schema, Draft.Form, Communities);
}

/// <summary>Opens and keeps applications, and says early what would be refused at the end.</summary>
internal sealed class ApplicationDesk(
    ServiceGuide guide, CaseTypeCatalogue catalogue, DraftStore drafts, FormChecks checks, IBusinessClock clock)
{
    /// <summary>The citizen's application for a service; null if it is none, or the actor no citizen.</summary>
    public async Task<OpenApplication?> OpenAsync(Actor actor, string caseType, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Citizen || await guide.FindAsync(caseType, cancellationToken) is not { } service)
        {
            return null;
        }

        var schema = await catalogue.FormSchemaAsync(service.VersionId, "application", cancellationToken);
        var stored = await drafts.LoadAsync(actor, ApplicationDraft.Purpose(caseType), cancellationToken);
        var communities = await guide.CommunitiesAsync(cancellationToken);
        return schema is null ? null : new OpenApplication(service, schema, new ApplicationDraft(stored?.Content ?? []), stored?.SavedAt, communities);
    }

    /// <summary>Saves the draft.</summary>
    public Task<DateTimeOffset> SaveAsync(Actor actor, OpenApplication open, CancellationToken cancellationToken) =>
        drafts.SaveAsync(actor, ApplicationDraft.Purpose(open.Service.CaseType), open.Draft.ToJson(), cancellationToken);

    /// <summary>Throws the draft away.</summary>
    public Task DropAsync(Actor actor, string caseType, CancellationToken cancellationToken) =>
        drafts.DeleteAsync(actor, ApplicationDraft.Purpose(caseType), cancellationToken);

    /// <summary>The persons of full age today.</summary>
    public IReadOnlyList<FieldOption> Adults(ApplicationDraft draft) => ApplicationPages.Adults(draft.Form, clock.Today);

    /// <summary>What is wrong with the answers of one page, beside what reading them has found.</summary>
    public Task<Dictionary<string, string[]>> MistakesAsync(
        OpenApplication open, ApplicationPage page, IReadOnlyDictionary<string, string[]> read, CancellationToken cancellationToken) =>
        checks.MistakesAsync(open.SchemaJson, open.Draft.Form, page.Asks, read, cancellationToken);
}
