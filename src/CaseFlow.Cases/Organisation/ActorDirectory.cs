using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Scope;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Organisation;

/// <summary>Who an account is at this moment: its posts in force, own and substituted, read from the database for each request.</summary>
public sealed class ActorDirectory(IUnitOfWork work, IBusinessClock clock, CaseTypeCatalogue catalogue, PolicyDesk policy)
{
    /// <summary>The actor of an account; null if there is none or it is disabled.</summary>
    public Task<Actor?> FindAsync(Id<Account> accountId, CancellationToken cancellationToken) => FindAsync(accountId, null, cancellationToken);

    /// <summary>The actor of an account in the post that the person has chosen to act in, if it is still in force.</summary>
    public async Task<Actor?> FindAsync(Id<Account> accountId, Id<PostAssignment>? actingPost, CancellationToken cancellationToken)
    {
        var account = await work.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == accountId, cancellationToken);
        if (account is null or { Disabled: true })
        {
            return null;
        }

        if (account.Kind == AccountKind.Citizen)
        {
            var own = ScopeRule.ForCitizen(account.PersonId);
            own = own with { AccountId = account.Id };
            return new Actor(ActorKind.Citizen, account.Id, account.DisplayName, account.PersonId, [], own);
        }

        var units = (await policy.SnapshotAsync(cancellationToken)).Units;
        var held = await PostsAsync(account.Id, units, cancellationToken);
        IReadOnlyList<PostInForce> posts = [.. held.OrderBy(p => p.AssignmentId != actingPost)];
        var scope = ScopeRule.ForStaff(posts, new ScopeContext([.. units.Values], await catalogue.GroupsAsync(cancellationToken))) with
        {
            AccountId = account.Id,
            Operations = posts.Any(p => p.Post is PostKind.SystemAdmin or PostKind.BureauDirector or PostKind.DisciplineOfficer),
        };
        return new Actor(ActorKind.Staff, account.Id, account.DisplayName, account.PersonId, posts, scope);
    }

    private async Task<IReadOnlyList<PostInForce>> PostsAsync(Id<Account> account, IReadOnlyDictionary<Id<OrganisationUnit>, OrganisationUnit> units, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var substitutions = await work.Set<Substitution>().AsNoTracking()
            .Where(s => s.SubstituteId == account && s.ValidFrom <= today && s.ValidTo >= today)
            .ToListAsync(cancellationToken);
        var substituted = substitutions.Select(s => s.PostAssignmentId).ToList();
        var assignments = await work.Set<PostAssignment>().AsNoTracking()
            .Where(p => (p.AccountId == account || substituted.Contains(p.Id)) && p.ValidFrom <= today && (p.ValidTo == null || p.ValidTo >= today))
            .ToListAsync(cancellationToken);
        var holders = assignments.Select(p => p.AccountId).ToList();
        var names = await work.Set<Account>().AsNoTracking()
            .Where(a => holders.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, cancellationToken);
        return
        [
            .. assignments
                .OrderBy(p => p.AccountId != account)
                .ThenBy(p => p.ValidFrom)
                .Select(p => InForce(p, units[p.OrganisationId], account, names, substitutions)),
        ];
    }

    private static PostInForce InForce(
        PostAssignment post, OrganisationUnit unit, Id<Account> account, Dictionary<Id<Account>, string> names, List<Substitution> substitutions)
    {
        var own = post.AccountId == account;
        return new PostInForce(
            post.Id,
            post.Post,
            unit.Id,
            unit.ShortName,
            unit.Level,
            post.JobTitle,
            own ? null : names[post.AccountId],
            own ? null : substitutions.Find(s => s.PostAssignmentId == post.Id)?.CaseType);
    }
}
