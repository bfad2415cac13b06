using System.Diagnostics;

namespace CaseFlow.Server.Tests.Commands;

/// <summary>The command <c>run-definition</c>, called as a person calls it.</summary>
public sealed class Run_definition : IDisposable
{
    private const string Line = """{ "id": "L", "type": "Elsa.WriteLine", "text": { "expression": { "type": "Literal", "value": "x" } } }""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("caseflow-definitions");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("elsa", "runs")]
    [InlineData("reasoned", "expected")]
    public async Task The_database_and_memory_give_the_same_reports(string samples, string scripts)
    {
        var definitions = Repository.Path("tests", "samples", samples, "definitions");
        string[] common = [definitions, "--script", Repository.Path("tests", "samples", samples, scripts)];
        var memory = await RunAsync([.. common, "--out", Of("memory")]);
        var sqlite = await RunAsync([.. common, "--out", Of("sqlite"), "--store", "sqlite"]);

        Assert.Equal(0, memory.Exit);
        Assert.Equal(memory, sqlite);
        var files = Directory.GetFiles(definitions).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(files, Directory.GetFiles(Of("sqlite")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Of("memory"), file!), Stop), await File.ReadAllTextAsync(Path.Combine(Of("sqlite"), file!), Stop));
        }
    }

    [Fact]
    public async Task What_cannot_run_is_told_with_the_reason_and_the_rest_runs()
    {
        Write("broken.json", "{ nope");
        Write("list.json", "[1]");
        Write("nothing.json", "{}");
        Write("unknown.json", Definition("unknown", """{ "id": "X", "type": "Elsa.Nope" }"""));
        Write("self.json", Definition("self", """{ "id": "X", "type": "Self", "workflowDefinitionId": "self" }"""));
        Write("endless.json", Definition("endless", """{ "id": "D", "type": "Elsa.DispatchWorkflow", "workflowDefinitionId": { "expression": { "type": "Literal", "value": "endless" } } }"""));
        Write("by-hand.json", $$"""{ "root": {{Line}} }""");
        Write("draft.json", $$"""{ "definitionId": "draft", "isPublished": false, "root": {{Line}} }""");

        var (exit, output, errors) = await RunAsync([folder.FullName, "--out", Of("out")]);

        Assert.Equal(1, exit);
        Assert.Equal("2 run, 6 not run", output.Trim());
        Assert.Contains("list.json: A workflow definition is a JSON object.", errors, StringComparison.Ordinal);
        Assert.Contains("nothing.json: Workflow1: The definition has no root activity.", errors, StringComparison.Ordinal);
        Assert.Contains("unknown.json: Workflow1:X: The activity type 'Elsa.Nope' is not known.", errors, StringComparison.Ordinal);
        Assert.Contains("self.json: Workflow1:X: Definition 'self' uses itself.", errors, StringComparison.Ordinal);
        Assert.Contains("endless.json: One call led to more than 10000 others", errors, StringComparison.Ordinal);
        Assert.Contains("broken.json: ", errors, StringComparison.Ordinal);
        Assert.Equal(["by-hand.json", "draft.json"], Directory.GetFiles(Of("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_run_file_that_cannot_be_followed_is_told()
    {
        Write("a.json", $$"""{ "root": {{Line}} }""");
        Directory.CreateDirectory(Of("scripts"));
        var script = Path.Combine(Of("scripts"), "a.json");

        await File.WriteAllTextAsync(script, """[ { "started": { "kind": "run", "definitionId": "elsewhere" } } ]""", Stop);
        Assert.Contains("There is no definition 'elsewhere' to start.", (await RunAsync([Of("a.json"), "--script", Of("scripts"), "--out", Of("out")])).Errors, StringComparison.Ordinal);

        await File.WriteAllTextAsync(script, "{ nope", Stop);
        var (exit, _, errors) = await RunAsync([Of("a.json"), "--script", Of("scripts"), "--out", Of("out")]);
        Assert.Equal(1, exit);
        Assert.StartsWith("a.json: the run file cannot be read", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "kind": "bookmark", "activityId": "Nobody" }""", "Nothing waits at 'Nobody'.")]
    [InlineData("""{ "kind": "bookmark", "activityId": "L" }""", "Nothing waits at 'L'.")]
    [InlineData("""{ "kind": "juggle" }""", "The script asks for 'juggle', which is not known.")]
    public async Task A_script_that_asks_for_what_cannot_be_done_is_counted(string resumed, string remark)
    {
        Write("a.json", Definition("a", Line));
        Write("b.json", Definition("b", Line));
        Directory.CreateDirectory(Of("scripts"));
        await File.WriteAllTextAsync(Path.Combine(Of("scripts"), "a.json"), $$"""[ { "started": { "kind": "run", "definitionId": "a" }, "resumed": [ {{resumed}} ] } ]""", Stop);

        var (exit, output, errors) = await RunAsync([folder.FullName, "--script", Of("scripts"), "--out", Of("out")]);

        Assert.Equal((1, "2 run, 0 not run, 1 not as the script says", $"a.json: {remark}"), (exit, output.Trim(), errors.Trim()));
        Assert.True(File.Exists(Path.Combine(Of("out"), "a.json")));
    }

    [Theory]
    [InlineData("\"body\": null,")]
    [InlineData("\"body\": { \"id\": \"B\", \"type\": \"Elsa.WriteLine\", \"text\": { \"expression\": { \"type\": \"Literal\", \"value\": \"x\" } } },")]
    public async Task Activities_of_a_named_assembly_run_with_or_without_a_branch(string body)
    {
        Write("guest.json", $$"""
            { "definitionId": "guest", "variables": [ { "id": "s", "name": "Said", "typeName": "String" } ],
              "root": { "id": "F", "type": "Elsa.Sequence", "activities": [ { "id": "G", "type": "Guest.Around", {{body}} "words": "before" }, {{Line}} ] } }
            """);
        Assert.Contains("'Guest.Around' is not known", (await RunAsync([Of("guest.json"), "--out", Of("out")])).Errors, StringComparison.Ordinal);

        var (exit, _, errors) = await RunAsync([Of("guest.json"), "--out", Of("out"), "--activities", typeof(GuestActivity).Assembly.Location]);

        Assert.Equal((0, ""), (exit, errors));
        var report = await File.ReadAllTextAsync(Of(Path.Combine("out", "guest.json")), Stop);
        Assert.Contains("before and after", report, StringComparison.Ordinal);
        Assert.Contains("\"status\": \"Finished\"", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_that_kept_their_ids_are_each_run_by_their_own_content()
    {
        string Copy(string definition, string text) => $$"""
            { "id": "same-v1", "definitionId": "{{definition}}", "version": 1, "isPublished": true, "variables": [ { "id": "s", "name": "Said", "typeName": "String" } ],
              "root": { "id": "S", "type": "Elsa.SetVariable", "variable": { "memoryReference": { "id": "s" }, "expression": { "type": "Variable", "value": { "id": "s", "name": "Said" } } }, "value": { "expression": { "type": "Literal", "value": "{{text}}" } } } }
            """;
        Write("a.json", Copy("one", "first"));
        Write("b.json", Copy("two", "second"));
        Write("c.json", Copy("two", "third"));
        Write("d.json", Copy("four", "fourth").Replace("Elsa.SetVariable", "Elsa.Nope", StringComparison.Ordinal));

        var (exit, output, _) = await RunAsync([folder.FullName, "--out", Of("out"), "--store", "sqlite"]);

        Assert.Equal((1, "3 run, 1 not run"), (exit, output.Trim()));
        foreach (var (file, text) in new[] { ("a", "first"), ("b", "second"), ("c", "third") })
        {
            Assert.Contains($"\"{text}\"", await File.ReadAllTextAsync(Of(Path.Combine("out", $"{file}.json")), Stop), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Arguments_that_name_nothing_are_refused()
    {
        Write("a.json", $$"""{ "root": {{Line}} }""");
        Assert.Equal(2, (await RunAsync([])).Exit);
        Assert.StartsWith("Usage: run-definition", (await RunAsync([Of("a.json")])).Errors, StringComparison.Ordinal);
        Assert.StartsWith("There are no definitions", (await RunAsync([Of("nowhere"), "--out", Of("out")])).Errors, StringComparison.Ordinal);
        Assert.StartsWith("There is no store 'oracle'", (await RunAsync([Of("a.json"), "--out", Of("out"), "--store", "oracle"])).Errors, StringComparison.Ordinal);
        Assert.StartsWith("There is no folder of run files", (await RunAsync([Of("a.json"), "--out", Of("out"), "--script", Of("nowhere")])).Errors, StringComparison.Ordinal);
        Assert.StartsWith("The activities of", (await RunAsync([Of("a.json"), "--out", Of("out"), "--activities", Of("no.dll")])).Errors, StringComparison.Ordinal);
        Assert.StartsWith("The activities of", (await RunAsync([Of("a.json"), "--out", Of("out"), "--activities", Of("a.json")])).Errors, StringComparison.Ordinal);
        Assert.StartsWith("Nothing can be written", (await RunAsync([Of("a.json"), "--out", Of("a.json")])).Errors, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Definition(string id, string root) => $$"""{ "definitionId": "{{id}}", "name": "{{id}}", "options": { "usableAsActivity": true }, "root": {{root}} }""";

    private string Of(string name) => Path.Combine(folder.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(Of(name), text);

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Repository.Path("src", "CaseFlow.Server", "bin", "Debug", "net10.0", "CaseFlow.Server.dll"));
        start.ArgumentList.Add("run-definition");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var errors = process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, await output, await errors);
    }
}
