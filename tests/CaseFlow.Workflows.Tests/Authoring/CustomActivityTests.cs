using System.Text.Json.Nodes;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using CustomActivities;

namespace CaseFlow.Workflows.Tests.Authoring;

/// <summary>Custom activities that know only the documented surface run in a definition.</summary>
public sealed class CustomActivityTests
{
    private const string Text =
        """
        {
          "definitionId": "custom", "id": "custom-1", "isPublished": true,
          "variables": [ { "id": "v1", "name": "Greeting", "typeName": "String" }, { "id": "v2", "name": "Comment", "typeName": "String" }, { "id": "v3", "name": "Last", "typeName": "String" } ],
          "root": { "id": "Flow", "type": "Elsa.Flowchart",
            "activities": [
              { "id": "G", "type": "Custom.Greet", "who": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getInput('Name')" } }, "result": { "typeName": "String", "memoryReference": { "id": "v1" } } },
              { "id": "D", "type": "Custom.Decide", "question": { "typeName": "String", "expression": { "type": "Liquid", "value": "Is it {{ Variables.Greeting }}?" } }, "comment": { "typeName": "String", "memoryReference": { "id": "v2" } } },
              { "id": "T", "type": "Custom.Twice", "body": { "id": "S", "type": "Custom.Signal", "name2": { "typeName": "String", "expression": { "type": "Literal", "value": "go" } } } },
              { "id": "No", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "returned" } } }
            ],
            "connections": [
              { "source": { "activity": "G", "port": "Done" }, "target": { "activity": "D" } },
              { "source": { "activity": "D", "port": "同意" }, "target": { "activity": "T" } },
              { "source": { "activity": "D", "port": "退回" }, "target": { "activity": "No" } }
            ] } }
        """;

    [Fact]
    public async Task Custom_activities_wait_resume_and_take_services_of_the_step()
    {
        var definitions = new DefinitionCollection().Add(WorkflowDefinition.Parse(Text));
        var compiler = new WorkflowCompiler(ActivityRegistry.CreateDefault().AddActivitiesFrom(typeof(Greet).Assembly), definitions);
        var store = new InMemoryWorkflowStore();
        var host = new WorkflowHost(definitions, compiler, store, new OneService(new Greeter()), TimeProvider.System);
        var token = TestContext.Current.CancellationToken;

        var state = await host.StartAsync("custom", new StartArguments { Input = new Dictionary<string, object?> { ["Name"] = "Li" } }, token);
        Assert.Equal("Custom.Decision", Assert.Single(state!.Bookmarks).Name);
        Assert.Equal(BookmarkHash.Compute("Custom.Decision", new { Question = "Is it hi Lihi Li?" }), state.Bookmarks[0].Hash);

        state = await host.ResumeAsync(state.InstanceId, state.Bookmarks[0].Id, new Dictionary<string, object?> { ["Outcome"] = "同意", ["Comment"] = "fine" }, token);
        Assert.Equal(1, await host.SendAsync("Custom.Signal", new { Name = "go" }, input: new Dictionary<string, object?> { ["Payload"] = 7 }, cancellationToken: token));
        Assert.Equal(1, await host.SendAsync("Custom.Signal", new { Name = "go" }, cancellationToken: token));

        state = await store.LoadAsync(state!.InstanceId, token);
        Assert.Equal(WorkflowSubStatus.Finished, state!.SubStatus);
        var variables = InstanceVariables.Read(await compiler.CompileAsync(WorkflowDefinition.Parse(Text), token), state).ToDictionary(x => x.Name, x => x.Value, StringComparer.Ordinal);
        Assert.Equal("hi Lihi Li", variables["Greeting"]);
        Assert.Equal("Is it hi Lihi Li?: fine", variables["Comment"]);
        Assert.Equal("Workflow1:Flow:T:S", variables["Last"]);
        Assert.Equal("hi Lihi Li", store.Records(state.InstanceId).Single(x => x.ActivityId == "G").JournalData!["Greeted"]);
    }

    [Fact]
    public async Task A_fault_of_a_custom_activity_is_an_incident_and_can_be_retried()
    {
        var definitions = new DefinitionCollection().Add(WorkflowDefinition.Parse(Text));
        var compiler = new WorkflowCompiler(ActivityRegistry.CreateDefault().AddActivitiesFrom(typeof(Greet).Assembly), definitions);
        var services = new OneService(null);
        var host = new WorkflowHost(definitions, compiler, new InMemoryWorkflowStore(), services, TimeProvider.System);
        var token = TestContext.Current.CancellationToken;

        var state = await host.StartAsync("custom", new StartArguments { Input = new Dictionary<string, object?> { ["Name"] = "Li" } }, token);
        Assert.Equal(WorkflowSubStatus.Faulted, state!.SubStatus);
        Assert.Equal("G", Assert.Single(state.Incidents).ActivityId);

        services.Service = new Greeter();
        state = await host.RetryAsync(state.InstanceId, cancellationToken: token);
        Assert.Equal(WorkflowSubStatus.Suspended, state!.SubStatus);
        Assert.Empty(state.Incidents);
    }

    [Fact]
    public void A_descriptor_shows_inputs_outputs_and_outcomes()
    {
        var descriptor = ActivityRegistry.CreateDefault().Add<Decide>().Find("Custom.Decide")!;
        Assert.Equal(["Question"], descriptor.Inputs.Select(x => x.Name));
        Assert.Equal(["Comment"], descriptor.Outputs.Select(x => x.Name));
        Assert.Equal(["同意", "退回"], descriptor.Ports.Select(x => x.Name));
    }

    private sealed class Greeter : IGreeter
    {
        public string Greet(string name) => $"hi {name}";
    }

    private sealed class OneService(object? service) : IServiceProvider
    {
        public object? Service { get; set; } = service;

        public object? GetService(Type serviceType) => serviceType.IsInstanceOfType(Service) ? Service : null;
    }
}
