using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Demo;

/// <summary>Opens the bodies, accounts and posts of the demo through the administration's own services, and finds them again.</summary>
internal sealed class DemoAccounts(IServiceScopeFactory scopes)
{
    /// <summary>The password of every demo account.</summary>
    public const string Password = "demo-2026";

    /// <summary>Sign-in name of the demo's citizen.</summary>
    public const string Citizen = "citizen";

    /// <summary>Her name.</summary>
    public const string CitizenName = "王秀兰";

    private static readonly Actor Opener = Actor.System("demo");
    private readonly Dictionary<Id<Account>, Actor> actors = [];
    private readonly Dictionary<string, Id<Account>> byUserName = new(StringComparer.Ordinal);
    private readonly List<(Id<OrganisationUnit> Organisation, PostKind Post, Id<Account> Account)> posts = [];
    private readonly Dictionary<string, Id<OrganisationUnit>> organisations = new(StringComparer.Ordinal);

    /// <summary>Opens everything.</summary>
    public async Task OpenAsync(DemoPeople people, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var service = scope.ServiceProvider.GetRequiredService<OrganisationService>();
        foreach (var unit in DemoOrganisation.Units())
        {
            await service.SaveUnitAsync(Opener, unit, cancellationToken);
            organisations[unit.Code] = unit.Id;
        }

        var hash = new PasswordHasher<Account>().HashPassword(new Account(), Password);
        foreach (var post in DemoStaff.Posts())
        {
            var person = people.Make(1975 + people.Random.Next(20), people.Random.Next(2) == 0 ? CaseFlow.Cases.People.Gender.Female : CaseFlow.Cases.People.Gender.Male);
            var account = await OpenAsync(service, post.UserName, person.Name, hash, AccountKind.Staff, cancellationToken);
            await service.AssignPostAsync(
                Opener,
                new PostAssignment
                {
                    AccountId = account.Id,
                    Post = post.Post,
                    OrganisationId = organisations[post.OrganisationCode],
                    JobTitle = post.Title,
                    ValidFrom = new DateOnly(2024, 1, 1),
                },
                cancellationToken);
            posts.Add((organisations[post.OrganisationCode], post.Post, account.Id));
        }

        await OpenAsync(service, Citizen, CitizenName, hash, AccountKind.Citizen, cancellationToken);
    }

    /// <summary>Who holds a post at a body.</summary>
    public IReadOnlyList<Id<Account>> Holders(Id<OrganisationUnit> organisation, PostKind post) =>
        [.. posts.Where(p => p.Organisation == organisation && p.Post == post).Select(p => p.Account)];

    /// <summary>The actor behind a sign-in name.</summary>
    public Task<Actor> ActorAsync(string userName, CancellationToken cancellationToken) => ActorAsync(byUserName[userName], cancellationToken);

    /// <summary>The actor of an account; the posts of the demo do not change while it is made.</summary>
    public async Task<Actor> ActorAsync(Id<Account> account, CancellationToken cancellationToken)
    {
        if (actors.TryGetValue(account, out var known))
        {
            return known;
        }

        await using var scope = scopes.CreateAsyncScope();
        var actor = await scope.ServiceProvider.GetRequiredService<ActorDirectory>().FindAsync(account, cancellationToken)
            ?? throw new InvalidOperationException($"The demo account {account} is gone.");
        if (actor.Kind == ActorKind.Staff)
        {
            actors[account] = actor;
        }

        return actor;
    }

    private async Task<Account> OpenAsync(
        OrganisationService service, string userName, string name, string hash, AccountKind kind, CancellationToken cancellationToken)
    {
        var account = await service.CreateAccountAsync(
            Opener,
            new Account
            {
                UserName = userName,
                NormalizedUserName = userName.ToUpperInvariant(),
                DisplayName = name,
                PasswordHash = hash,
                Kind = kind,
                Email = $"{userName}@demo.invalid",
            },
            cancellationToken);
        byUserName[userName] = account.Id;
        return account;
    }
}
