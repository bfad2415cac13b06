using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Tests.Hosting;

/// <summary>Loops, scopes and values over suspension.</summary>
public sealed class LoopAndValueTests
{
    [Fact]
    public async Task An_inner_loop_hides_the_outer_value_only_while_it_runs()
    {
        var inner = Make.Activity("Elsa.For", "In", ("start", Make.Literal(1, "Int32")), ("end", Make.Literal(2, "Int32")), ("body", Make.Line("L1", "'in ' + getVariable('CurrentValue')")));
        var outer = Make.Activity("Elsa.ForEach", "Out", ("items", Make.Script("['a','b']")), ("body", Make.Sequence("B", inner, Make.Line("L2", "'out ' + getVariable('CurrentValue')"))));
        var stage = new Stage(Make.Definition("loops", Make.Sequence("S", outer, Make.Line("L3", "String(getVariable('CurrentValue'))"))));
        var id = await stage.StartAsync("loops");
        Assert.Equal(["in 1", "in 2", "out a", "in 1", "in 2", "out b", "null"], stage.Lines(id));
    }

    [Fact]
    public async Task Loop_values_keep_their_types_over_a_suspension()
    {
        var body = Make.Sequence("B", Make.Task("T"), Make.Line("L", "typeof getVariable('CurrentValue') + typeof getVariable('CurrentIndex')"));
        var stage = new Stage(Make.Definition("types", Make.Activity("Elsa.ForEach", "E", ("items", Make.Script("[1, 2]")), ("body", body))));
        var id = await stage.StartAsync("types");
        await stage.TaskAsync(id, "T");
        await stage.TaskAsync(id, "T");
        Assert.Equal(["numbernumber", "numbernumber"], stage.Lines(id));
    }

    [Theory]
    [InlineData(5, 1, -2, true, "5 3 1")]
    [InlineData(5, 1, -2, false, "5 3")]
    [InlineData(1, 3, 1, false, "1 2")]
    [InlineData(3, 1, 1, true, "")]
    [InlineData(1, 3, 0, true, "")]
    public async Task For_counts_up_and_down(int start, int end, int step, bool inclusive, string expected)
    {
        var loop = Make.Activity(
            "Elsa.For", "F", ("start", Make.Literal(start, "Int32")), ("end", Make.Literal(end, "Int32")), ("step", Make.Literal(step, "Int32")),
            ("outerBoundInclusive", Make.Literal(inclusive, "Boolean")), ("body", Make.Line("L", "String(getVariable('CurrentValue'))")));
        var stage = new Stage(Make.Definition("for", loop));
        var id = await stage.StartAsync("for");
        Assert.Equal(expected, string.Join(' ', stage.Lines(id)));
    }

    [Theory]
    [InlineData("{% if %}")]
    [InlineData("{% for i in (1..2000000000) %}{{ i }}{% endfor %}")]
    [InlineData("{% assign n = 2000000000 %}{% if true %}{% for i in (1..n) %}{{ i }}{% endfor %}{% endif %}")]
    [InlineData("{% assign all = (1..900000) %}{{ all | size }}")]
    public async Task A_template_that_is_broken_or_never_ends_fails_instead_of_becoming_the_value(string text)
    {
        var stage = new Stage(Make.Definition("liquid", Make.Activity("Elsa.WriteLine", "L", ("text", Make.Expression("Liquid", text, "String")))));
        var state = await stage.StateAsync(await stage.StartAsync("liquid"));
        Assert.Equal("Failed to evaluate activity input 'Text'", Assert.Single(state.Incidents).Message);
    }

    [Theory]
    [InlineData("'x'.repeat(500000000).length + ''")]
    [InlineData("'x'['rep' + 'eat'](5e8).length + ''")]
    [InlineData("''.padStart(5e8).length + ''")]
    [InlineData("'a'.padEnd(5e8, 'bc').length + ''")]
    [InlineData("Array(1e9).join('x').length + ''")]
    [InlineData("new Array(1e8).fill(0).length + ''")]
    [InlineData("var a = []; a.length = 4e9; a.join('-').length + ''")]
    [InlineData("Array(1e6).fill('x'.repeat(1e6)).join('').length + ''")]
    [InlineData("Array(1e6).fill('x'.repeat(1e6)).toString().length + ''")]
    [InlineData("String(Array(1e6).fill('x'.repeat(1e6))).length")]
    [InlineData("let s = 'x'; for (let i = 0; i < 40; i++) { s += s; } s.length + ''")]
    [InlineData("Array(40).fill(0).reduce(a => a + a, 'x').length + ''")]
    [InlineData("Array(40).fill(0).reduce(a => `${a}${a}`, 'x').length + ''")]
    [InlineData("Array(40).fill(0).reduce(a => a.concat(a), 'x').length + ''")]
    [InlineData("Array(40).fill(0).reduce(a => a.concat(a), [1, 2]).length + ''")]
    [InlineData("Array(40).fill(0).reduce(a => [...a, ...a], [1, 2]).length + ''")]
    [InlineData("'x'.repeat(1e5).replace(/x/g, 'y'.repeat(1e5)).length + ''")]
    [InlineData("'x'.repeat(1e5).replaceAll('x', 'y'.repeat(1e5)).length + ''")]
    [InlineData("'x'.repeat(1e5).replace(/x/g, \"$`\").length + ''")]
    [InlineData("Array.from({ length: 1e9 }).length + ''")]
    [InlineData("Array.from({ length: 1e9 }, (_, i) => i).length + ''")]
    [InlineData("[...Array(1e9).keys()].length + ''")]
    [InlineData("new Uint8Array(2e9).length + ''")]
    [InlineData("new ArrayBuffer(2e9).byteLength + ''")]
    public async Task A_script_that_makes_a_giant_text_or_list_meets_the_memory_limit_at_once(string text)
    {
        var stage = new Stage(Make.Definition("giant", Make.Line("L", text)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var state = await stage.StateAsync(await stage.StartAsync("giant"));
        Assert.Equal("Failed to evaluate activity input 'Text'", Assert.Single(state.Incidents).Message);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000_000);
    }

    [Theory]
    [InlineData("'-'.repeat(3) + 'a'.padStart(3, '0') + 'a'.padEnd(3)", "---00aa  ")]
    [InlineData("[1, 2, [3, null], undefined].join('/') + [1, 2] + ['a'].concat(['b', 'c'], 'd').join()", "1/2/3,/1,2a,b,c,d")]
    [InlineData("'2026-06-15'.replace(/(\\d+)-(\\d+)-(\\d+)/, '$3.$2.$1') + 'aXbX'.replaceAll('X', \"[$&$']\") + 'ab'.replace(/./g, c => c + c)", "15.06.2026a[XbX]b[X]aabb")]
    [InlineData("'a,b;c'.split(/[,;]/).length + ''.concat('x', 1) + new Array(3).fill(7) + Array.prototype.join.call({ length: 2, 0: 'p', 1: 'q' }, '+')", "3x17,7,7p+q")]
    [InlineData("'x'.repeat(20000).replace(/x(?=$)/g, 'y'.repeat(5000)).length + ''", "24999")]
    public async Task Functions_that_are_bounded_do_what_they_always_did(string text, string expected)
    {
        var stage = new Stage(Make.Definition("small", Make.Line("L", text)));
        Assert.Equal([expected], stage.Lines(await stage.StartAsync("small")));
    }

    [Fact]
    public async Task A_script_activity_reads_the_outputs_of_earlier_bursts()
    {
        var script = Make.Activity(
            "Elsa.RunJavaScript", "J", ("script", Make.Literal("getOutputFrom('A') + getResultFromA() + getLastResult()", "String")),
            ("result", new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = "V" } }));
        var stage = new Stage(Make.Definition("outputs", Make.Sequence("S", Make.Task("A"), Make.Activity("Elsa.Delay", "D"), script, Make.Line("L", "getV()")), "V"));
        var id = await stage.StartAsync("outputs");
        await stage.TaskAsync(id, "A", "x");
        await stage.Host.RunDueTimersAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["xxx"], stage.Lines(id));
    }

    [Fact]
    public async Task A_variable_of_an_unknown_type_is_kept()
    {
        var definition = Make.Definition("unknown", Make.Line("L", "getU()"), "U").ToJsonObject();
        definition["variables"]![0]!["typeName"] = "Acme.Thing";
        definition["variables"]![0]!["value"] = "abc";
        var stage = new Stage(CaseFlow.Workflows.Definitions.WorkflowDefinition.Of(definition));
        Assert.Equal(["abc"], stage.Lines(await stage.StartAsync("unknown")));
    }

    [Fact]
    public async Task A_second_run_of_a_waiting_activity_is_started_not_resumed()
    {
        var stage = new Stage(Make.Definition("twice", Make.Flowchart(
            "F", "S>Fork Fork>Side Fork>Review Review>D D.False>Fork", Make.Activity("Elsa.Start", "S"), Make.Line("Fork", "''"),
            Make.Task("Side"), Make.Task("Review"), Make.Activity("Elsa.FlowDecision", "D"))));
        var id = await stage.StartAsync("twice");
        await stage.TaskAsync(id, "Review");
        Assert.Equal("Side Side Review", await stage.WaitsAsync(id));
        Assert.Equal(
            ["Started", "Suspended", "Started", "Suspended"], stage.Store.Journal(id).Where(x => x.ActivityId == "Side").Select(x => x.EventName));
    }

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("(function f() { return f(); })()")]
    [InlineData("let a = []; while (true) a.push(new Array(100000).fill('x'))")]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')")]
    public async Task A_script_that_misbehaves_is_stopped(string script)
    {
        var stage = new Stage(Make.Definition("script", Make.Line("L", script)));
        var state = await stage.StateAsync(await stage.StartAsync("script"));
        Assert.Equal(WorkflowSubStatus.Faulted, state.SubStatus);
    }

    [Fact]
    public async Task Scripts_leave_nothing_behind_for_the_next()
    {
        var stage = new Stage(Make.Definition("leaks", Make.Sequence(
            "S", Make.Line("A", "leak = 5; var v = 1; Array.prototype.map = null; 'ok'"), Make.Line("B", "typeof leak + typeof v + typeof [].map"))));
        Assert.Equal(["ok", "undefinedundefinedfunction"], stage.Lines(await stage.StartAsync("leaks")));
    }

    [Fact]
    public void Values_come_back_from_a_state_with_their_types()
    {
        var values = new Dictionary<string, object?>
        {
            ["decimal"] = 12.50m,
            ["long"] = 9007199254740993L,
            ["small long"] = 5L,
            ["int"] = 5,
            ["double"] = 5.0,
            ["text"] = "文",
            ["at"] = new DateTimeOffset(2026, 6, 15, 8, 0, 0, TimeSpan.FromHours(8)),
            ["date"] = new DateOnly(2026, 6, 15),
            ["span"] = TimeSpan.FromDays(40),
            ["guid"] = Guid.Parse("0199ddaf-0000-7000-8000-000000000001"),
            ["map"] = new Dictionary<string, object?> { ["$t"] = "trick", ["v"] = 1 },
            ["list"] = new List<object?> { 1, 2.5, null, true },
        };
        var state = new WorkflowState { InstanceId = "i", DefinitionId = "d", DefinitionVersionId = "v", Input = values };
        var bytes = StateJson.Write(state);
        var back = StateJson.Read(bytes).Input;
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(StateJson.Write(StateJson.Read(bytes))));
        foreach (var (key, value) in values.Where(x => x.Value is not System.Collections.IEnumerable || x.Value is string))
        {
            Assert.Equal(value, back[key]);
            Assert.Equal(value!.GetType(), back[key]!.GetType());
        }

        Assert.Equal("trick", ((Dictionary<string, object?>)back["map"]!)["$t"]);
        Assert.Equal([1, 2.5, null, true], (List<object?>)back["list"]!);
    }

    [Fact]
    public void A_state_of_a_newer_build_is_refused() =>
        Assert.Throws<NotSupportedException>(() => StateJson.Read("""{"v":99,"instanceId":"i","definitionId":"d","definitionVersionId":"v"}"""u8));
}
