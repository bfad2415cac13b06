using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>A registration with what its pages need.</summary>
/// <param name="Draft">The registration.</param>
/// <param name="SchemaJson">Schema of the form.</param>
/// <param name="Form">The form with the choices of this bureau.</param>
/// <param name="Requirements">Papers that the case type asks for.</param>
/// <param name="TypeName">Name of the case type.</param>
/// <param name="Office">The office at whose counter it is.</param>
/// <param name="Phone">Its telephone.</param>
/// <param name="Until">Last day for missing papers.</param>
public sealed record IntakeView(
    IntakeDraft Draft,
    string SchemaJson,
    SchemaField Form,
    IReadOnlyList<MaterialRequirement> Requirements,
    string TypeName,
    string Office,
    string Phone,
    DateOnly Until)
{
    /// <summary>Papers that are required and not there.</summary>
    public IReadOnlyList<MaterialRequirement> Missing =>
        [.. Requirements.Where(r => r.Required && Draft.Uploads.All(u => u.Code != r.Code))];
}

/// <summary>Reads registrations.</summary>
internal sealed class IntakeReader(IntakeDrafts drafts, CaseTypeCatalogue catalogue, IUnitOfWork work, IBusinessClock clock, WorkingDays days)
{
    /// <summary>Working days to bring what is missing (local choice, domain B 8).</summary>
    private const int DaysToAnswer = 15;

    /// <summary>The registration; null where this clerk has none of this id.</summary>
    public async Task<IntakeView?> ReadAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await drafts.LoadAsync(actor, id, cancellationToken) is not { } draft)
        {
            return null;
        }

        await days.LoadAsync(cancellationToken);
        var version = await catalogue.PublishedAsync(draft.CaseType, cancellationToken);
        var schema = await catalogue.FormSchemaAsync(version.Id, "application", cancellationToken)
            ?? throw new InvalidOperationException($"Case type {draft.CaseType} has no application form.");
        var form = FormSchema.Read(CaseJson.ReadObject(schema));
        var post = actor.Post;
        var office = post is null ? null : await work.Set<OrganisationUnit>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == post.OrganisationId, cancellationToken);
        var communities = await CommunitiesAsync(actor, cancellationToken);
        return new IntakeView(
            draft,
            schema,
            FormOptions.Fill(form, p => Options(p, draft, communities)),
            await catalogue.MaterialsAsync(version.Id, cancellationToken),
            (await catalogue.ManifestAsync(version.Id, cancellationToken)).Name.In(CultureInfo.CurrentUICulture.Name),
            office?.ShortName ?? "",
            office?.Phone ?? "",
            days.After(clock.Today, DaysToAnswer));
    }

    private static IReadOnlyList<FieldOption>? Options(string property, IntakeDraft draft, IReadOnlyList<FieldOption> communities) => property switch
    {
        "hukouCommunity" => communities,
        "person" or "singlePerson" => People(draft),
        _ => null,
    };

    /// <summary>The people of the form: the applicant, and members by their place in the list.</summary>
    private static List<FieldOption> People(IntakeDraft draft)
    {
        var people = new List<FieldOption> { new("applicant", draft.Name) };
        people.AddRange((draft.Form["members"] as JsonArray ?? []).OfType<JsonObject>()
            .Select((m, i) => new FieldOption(FormReader.Shown(m["ref"]) is { Length: > 0 } given ? given : $"m{i + 1}", FormReader.Shown(m["name"]))));
        return people;
    }

    private async Task<List<FieldOption>> CommunitiesAsync(Actor actor, CancellationToken cancellationToken)
    {
        var offices = actor.Posts.Select(p => p.OrganisationId).ToList();
        var district = actor.Posts.Any(p => p.Level == OrganisationLevel.District);
        return await work.Set<OrganisationUnit>().AsNoTracking()
            .Where(o => o.Level == OrganisationLevel.Community && (district || offices.Contains(o.Id) || (o.ParentId != null && offices.Contains(o.ParentId.Value))))
            .OrderBy(o => o.Code).Select(o => new FieldOption(o.Code, o.ShortName)).ToListAsync(cancellationToken);
    }
}
