using System.Globalization;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>
/// Facts that are there without anybody doing anything in the scenario: a registered relation, an open complaint, a published
/// figure. They are written as rows, because they come from outside of what is tried.
/// </summary>
internal sealed class GivenAct : IAct
{
    public string Key => "given";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        step.Text("as");
        var given = step.Map("given")!;
        foreach (var key in given.Keys)
        {
            await (key switch
            {
                "relation" => RelationAsync(world, given.Map(key)!, cancellationToken),
                "complaint" => ComplaintAsync(world, step, given.Flag(key), cancellationToken),
                "figure" => FigureAsync(world, given.Map(key)!, cancellationToken),
                _ => throw given.Error($"'{key}' cannot be given: relation, complaint, figure."),
            });
        }

        return new ActResult("given");
    }

    private static async Task RelationAsync(ScenarioWorld world, YamlMap map, CancellationToken cancellationToken)
    {
        var account = world.AccountOf(map.Required("account"), map);
        var relative = await world.PersonAsync(map.Required("to"), map);
        var (relation, close) = (map.Required("relation"), map.Flag("close"));
        map.Done();
        await WriteAsync(world, async work =>
        {
            var row = await work.Set<Account>().FirstAsync(a => a.Id == account, cancellationToken);
            if (row.PersonId is null)
            {
                var number = $"22050219700101{900 + world.Accounts.Keys.ToList().IndexOf(map.Required("account")):D3}";
                var person = new Person { Name = row.DisplayName, IdNumber = number + ResidentIdNumber.CheckCharacter(number), BirthDate = new DateOnly(1970, 1, 1) };
                work.Set<Person>().Add(person);
                row.PersonId = person.Id;
            }

            work.Set<PersonRelation>().Add(new PersonRelation
            {
                PersonId = row.PersonId.Value,
                RelativeId = relative,
                Relation = relation,
                IsClose = close,
                KnownAt = world.Host.Clock.Now,
            });
        }, cancellationToken);
    }

    private static Task<bool> ComplaintAsync(ScenarioWorld world, YamlMap step, bool open, CancellationToken cancellationToken)
    {
        var caseId = world.CaseOf(step);
        return WriteAsync(
            world,
            async work => (await work.Set<Case>().FirstAsync(row => row.Id == caseId, cancellationToken)).HasComplaint = open,
            cancellationToken);
    }

    private static Task<bool> FigureAsync(ScenarioWorld world, YamlMap map, CancellationToken cancellationToken)
    {
        var unit = map.Text("unit") ?? "fen";
        var row = new PolicyFigure
        {
            Key = map.Required("key"),
            Name = map.Text("name") ?? map.Required("key"),
            AreaType = map.Has("area") ? Enums.Parse<AreaType>(map, "area") : null,
            Unit = unit,
            Value = unit == "fen" ? Yuan.Fen(map.Required("value"), map) : map.Whole("value") ?? throw map.Error("'value' is missing."),
            ValidFrom = DateOnly.ParseExact(map.Required("from"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Source = map.Text("source") ?? "scenario",
        };
        map.Done();
        return WriteAsync(
            world,
            work =>
            {
                work.Set<PolicyFigure>().Add(row);
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    private static Task<bool> WriteAsync(ScenarioWorld world, Func<IUnitOfWork, Task> write, CancellationToken cancellationToken) =>
        world.Host.Services.GetRequiredService<IStepRunner>().RunAsync(
            new Step("scenario.given", Actor.System("scenario")),
            async (services, token) =>
            {
                var work = services.GetRequiredService<IUnitOfWork>();
                await write(work);
                await work.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
}
