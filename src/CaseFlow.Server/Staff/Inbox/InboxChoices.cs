using System.Globalization;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Inbox;

/// <summary>What an inbox can be narrowed to: the case types of the scope and the steps that are open in it.</summary>
internal sealed class InboxChoices(IUnitOfWork work, CaseTypeCatalogue catalogue)
{
    /// <summary>Case types and steps.</summary>
    public async Task<(IReadOnlyList<Choice> Types, IReadOnlyList<Choice> Steps)> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        var types = new List<Choice>();
        var published = await work.Set<CaseTypeVersion>()
            .Where(v => v.State == PublicationState.Published && actor.Scope.CaseTypes.Contains(v.CaseType))
            .OrderBy(v => v.CaseType).Select(v => new { v.Id, v.CaseType }).ToListAsync(cancellationToken);
        foreach (var version in published.DistinctBy(v => v.CaseType))
        {
            types.Add(new Choice(version.CaseType, (await catalogue.ManifestAsync(version.Id, cancellationToken)).Name.In(culture)));
        }

        var organisations = actor.Posts.Select(p => p.OrganisationId).Distinct().ToList();
        var steps = await work.Set<WorkTask>()
            .Where(t => (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed) && organisations.Contains(t.OrganisationId))
            .Select(t => new { t.Step, t.Name, t.NameEn }).Distinct().ToListAsync(cancellationToken);
        var english = culture.StartsWith("en", StringComparison.Ordinal);
        return (types, steps.DistinctBy(s => s.Step).OrderBy(s => s.Step, StringComparer.Ordinal)
            .Select(s => new Choice(s.Step, english && s.NameEn.Length > 0 ? s.NameEn : s.Name)).ToList());
    }
}
