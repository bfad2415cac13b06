using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using YamlDotNet.RepresentationModel;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>Fills an empty database: clock, policy, bureau, citizens, case types; through the services that production uses.</summary>
internal static class ScenarioSetup
{
    private static readonly Actor Seed = Actor.System("scenario");
    private static readonly DateOnly LongAgo = new(2020, 1, 1);

    public static async Task RunAsync(ScenarioWorld world, CancellationToken cancellationToken)
    {
        var start = ScenarioTime.Parse(world.Scenario.Start, Path.GetFileName(world.Scenario.File));
        await world.Host.Services.GetRequiredService<IClockControl>().MakeDemoAsync(start, cancellationToken);
        await world.Host.Services.GetRequiredService<IStepRunner>().RunAsync(
            new Step("policy.import", Seed),
            (services, token) => PolicyImport.ImportAsync(services.GetRequiredService<IUnitOfWork>(), Path.Combine(world.Root, "policy"), token),
            cancellationToken);
        foreach (var bureau in world.Scenario.Bureaus.Prepend(Bureau()))
        {
            await BureauAsync(world, bureau.Again(), cancellationToken);
        }

        foreach (var person in world.People.Values.Where(person => person.Account))
        {
            await AccountAsync(world, person.Key, person.Name, AccountKind.Citizen, cancellationToken);
        }

        await ScenarioServices.ImportTemplatesAsync(world.Host, world.Root, cancellationToken);
        foreach (var caseType in world.Scenario.CaseTypes)
        {
            await ScenarioServices.ImportCaseTypeAsync(world.Host, world.Root, caseType, cancellationToken);
        }
    }

    private static async Task BureauAsync(ScenarioWorld world, YamlMap bureau, CancellationToken cancellationToken)
    {
        bureau.Only(["organisations", "accounts"], "'bureau'");
        var units = bureau.Map("organisations");
        foreach (var key in units?.Keys ?? [])
        {
            var unit = Unit(world, units!.Map(key)!);
            world.Organisations[key] = unit.Id;
            await world.Host.ActAsync<OrganisationService, OrganisationUnit>(service => service.SaveUnitAsync(Seed, unit, cancellationToken));
        }

        var accounts = bureau.Map("accounts");
        foreach (var key in accounts?.Keys ?? [])
        {
            var spec = accounts!.Map(key)!;
            var account = await AccountAsync(world, key, spec.Required("name"), AccountKind.Staff, cancellationToken);
            foreach (var post in spec.Maps("posts"))
            {
                var assignment = new PostAssignment
                {
                    AccountId = account,
                    Post = Acts.Enums.Parse<PostKind>(post, "post"),
                    OrganisationId = world.OrganisationOf(post.Required("at"), post),
                    JobTitle = post.Text("title") ?? "",
                    ValidFrom = LongAgo,
                };
                post.Done();
                await world.Host.ActAsync<OrganisationService, PostAssignment>(service => service.AssignPostAsync(Seed, assignment, cancellationToken));
            }

            spec.Done();
        }
    }

    private static async Task<Id<Account>> AccountAsync(ScenarioWorld world, string key, string name, AccountKind kind, CancellationToken cancellationToken)
    {
        var account = new Account { UserName = key, DisplayName = name, Kind = kind };
        await world.Host.ActAsync<OrganisationService, Account>(service => service.CreateAccountAsync(Seed, account, cancellationToken));
        world.Accounts[key] = account.Id;
        return account.Id;
    }

    private static OrganisationUnit Unit(ScenarioWorld world, YamlMap spec)
    {
        var unit = new OrganisationUnit
        {
            Code = spec.Required("code"),
            Name = spec.Required("name"),
            ShortName = spec.Required("short"),
            BodyCode = spec.Required("body"),
            Level = Acts.Enums.Parse<OrganisationLevel>(spec, "level"),
            AreaType = Acts.Enums.Parse<AreaType>(spec, "area"),
            ParentId = spec.Text("parent") is { } parent ? world.OrganisationOf(parent, spec) : null,
            Phone = spec.Text("phone") ?? "",
            Address = spec.Text("address") ?? "",
        };
        spec.Done();
        return unit;
    }

    private static YamlMap Bureau()
    {
        using var stream = typeof(ScenarioSetup).Assembly.GetManifestResourceStream("simulate/bureau.yaml")!;
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return new YamlMap((YamlMappingNode)yaml.Documents[0].RootNode, "bureau.yaml", text => text);
    }
}
