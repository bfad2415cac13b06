using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence;
using CaseFlow.Server.Tests.ElsaApi;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.Host;

/// <summary>A published workflow that is tied to no case waits at each kind of timer; the server's own worker lets it go on.</summary>
public sealed class Timers_of_no_case(ServerWithoutSecondPerson server) : IClassFixture<ServerWithoutSecondPerson>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_fires_delay_timer_and_start_at()
    {
        var drawing = Drawing.Hello();
        var line = drawing.Activity("line").DeepClone();
        drawing["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Sequence",
            ["version"] = 1,
            ["activities"] = new JsonArray(
                Timer("delay", "Elsa.Delay", "timeSpan", "TimeSpan", "00:00:00.2"),
                Timer("timer", "Elsa.Timer", "interval", "TimeSpan", "00:00:00.2"),
                Timer("start-at", "Elsa.StartAt", "dateTime", "DateTimeOffset", DateTimeOffset.UtcNow.AddSeconds(1).ToString("O")),
                line),
        };
        var published = await server.Author.SavedAsync(drawing, publish: true);
        var store = server.Services.GetRequiredKeyedService<IWorkflowStore>(PersistenceServices.StandaloneStore);

        var id = await StartAsync(published["definitionId"]!.ToString(), store);

        Assert.Equal(WorkflowSubStatus.Finished, await EndOfAsync(store, id));
    }

    private async Task<string> StartAsync(string definition, IWorkflowStore store)
    {
        using var scope = server.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("test"));
        var definitions = scope.ServiceProvider.GetRequiredService<IWorkflowDefinitionSource>();
        var compiler = new WorkflowCompiler(scope.ServiceProvider.GetRequiredService<ActivityRegistry>(), definitions);
        var clock = new BusinessTimeProvider(scope.ServiceProvider.GetRequiredService<IBusinessClock>());
        var state = await new WorkflowHost(definitions, compiler, store, scope.ServiceProvider, clock).StartAsync(WorkflowDefinitionHandle.Published(definition), cancellationToken: Stop);
        Assert.Equal(WorkflowSubStatus.Suspended, state!.SubStatus);
        return state.InstanceId;
    }

    private static async Task<WorkflowSubStatus> EndOfAsync(IWorkflowStore store, string id)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await look.WaitForNextTickAsync(limit.Token))
        {
            if (await store.LoadAsync(id, limit.Token) is { Status: WorkflowStatus.Finished } ended)
            {
                return ended.SubStatus;
            }
        }

        return WorkflowSubStatus.Suspended;
    }

    private static JsonObject Timer(string id, string type, string input, string typeName, string value) => new()
    {
        ["id"] = id,
        ["type"] = type,
        ["version"] = 1,
        [input] = new JsonObject { ["typeName"] = typeName, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } },
    };
}
