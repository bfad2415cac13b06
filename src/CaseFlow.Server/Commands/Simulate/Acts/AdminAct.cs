using System.Globalization;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>Acts of the administrator on posts and accounts.</summary>
internal sealed class AdminAct : IAct
{
    public string Key => "admin";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var admin = step.Map("admin")!;
        foreach (var key in admin.Keys)
        {
            var map = admin.Map(key)!;
            await (key switch
            {
                "endPost" => EndPostAsync(world, actor, map, cancellationToken),
                "assign" => AssignAsync(world, actor, map, cancellationToken),
                "substitute" => SubstituteAsync(world, actor, map, cancellationToken),
                "disable" => DisableAsync(world, actor, map, cancellationToken),
                _ => throw admin.Error($"'{key}' is no act of the administrator: endPost, assign, substitute, disable."),
            });
            map.Done();
        }

        return new ActResult("done");
    }

    private static async Task EndPostAsync(ScenarioWorld world, Actor actor, YamlMap map, CancellationToken cancellationToken)
    {
        var post = await PostAsync(world, map, map.Required("of"));
        var last = Day(map, "last");
        await world.Host.ActAsync<OrganisationService, PostAssignment>(service => service.EndPostAsync(actor, post, last, cancellationToken));
    }

    private static async Task AssignAsync(ScenarioWorld world, Actor actor, YamlMap map, CancellationToken cancellationToken)
    {
        var post = new PostAssignment
        {
            AccountId = world.AccountOf(map.Required("to"), map),
            Post = Enums.Parse<PostKind>(map, "post"),
            OrganisationId = world.OrganisationOf(map.Required("at"), map),
            ValidFrom = Day(map, "from"),
            ValidTo = map.Has("until") ? Day(map, "until") : null,
        };
        await world.Host.ActAsync<OrganisationService, PostAssignment>(service => service.AssignPostAsync(actor, post, cancellationToken));
    }

    private static async Task SubstituteAsync(ScenarioWorld world, Actor actor, YamlMap map, CancellationToken cancellationToken)
    {
        var substitution = new Substitution
        {
            PostAssignmentId = await PostAsync(world, map, map.Required("for")),
            SubstituteId = world.AccountOf(map.Required("by"), map),
            ValidFrom = Day(map, "from"),
            ValidTo = Day(map, "until"),
            CaseType = map.Text("caseType"),
            Reason = map.Required("reason"),
        };
        await world.Host.ActAsync<OrganisationService, Substitution>(service => service.SubstituteAsync(actor, substitution, cancellationToken));
    }

    private static Task<Account> DisableAsync(ScenarioWorld world, Actor actor, YamlMap map, CancellationToken cancellationToken)
    {
        var account = world.AccountOf(map.Required("account"), map);
        var reason = map.Required("reason");
        return world.Host.ActAsync<OrganisationService, Account>(service => service.SetDisabledAsync(actor, account, true, reason, cancellationToken));
    }

    private static async Task<Id<PostAssignment>> PostAsync(ScenarioWorld world, YamlMap map, string holder)
    {
        var account = world.AccountOf(holder, map);
        var kind = Enums.Parse<PostKind>(map, "post");
        return await world.ReadAsync(work => work.Set<PostAssignment>().Where(row => row.AccountId == account && row.Post == kind && row.ValidTo == null)
            .Select(row => (Id<PostAssignment>?)row.Id).FirstOrDefaultAsync()) ?? throw map.Error($"'{holder}' holds no post {kind}.");
    }

    private static DateOnly Day(YamlMap map, string key) =>
        DateOnly.TryParseExact(map.Required(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw map.Error($"'{key}' is no day.");
}

/// <summary>Identifiers of the domain in scenarios.</summary>
internal static class Enums
{
    /// <summary>Reads an identifier.</summary>
    public static T Parse<T>(YamlMap map, string key)
        where T : struct, Enum =>
        Enum.TryParse<T>(map.Required(key), out var value) && Enum.IsDefined(value)
            ? value
            : throw map.Error($"'{key}' is one of {string.Join(", ", Enum.GetNames<T>())}.");
}
