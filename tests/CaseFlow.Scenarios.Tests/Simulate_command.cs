using System.Runtime.CompilerServices;
using CaseFlow.Server.Commands.Simulate;

namespace CaseFlow.Scenarios.Tests;

/// <summary>The command must not be satisfied by what differs or cannot be read.</summary>
public sealed class Simulate_command : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scenarios");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_scenario_whose_expectation_fails_ends_with_one()
    {
        var outcome = await RunAsync("expect: { stage: Confirmed }");
        Assert.Contains(outcome.Differences, difference => difference.Contains("stage should be 'Confirmed' and is 'Submitted'", StringComparison.Ordinal));
        Assert.Equal(1, await new SimulateCommand().RunAsync([Write("expect: { stage: Confirmed }"), "--root", Root(), "--quiet"]));
    }

    [Fact]
    public async Task A_scenario_that_holds_ends_with_zero() =>
        Assert.Equal(0, await new SimulateCommand().RunAsync([Write("expect: { stage: Submitted }"), "--root", Root(), "--quiet"]));

    [Theory]
    [InlineData("expect: { stadge: Submitted }", "unknown key 'stadge'")]
    [InlineData("expect: { refused: four-eyes }", "should have been refused with 'four-eyes' and was done")]
    [InlineData("expect: { tasks: [] }", "no other task should be open")]
    [InlineData("expect: { documents: [{ template: acceptance-notice }] }", "should have been issued")]
    [InlineData("expect: { audit: [case.vanish] }", "audit should hold 'case.vanish'")]
    [InlineData("expect: { hiddenFrom: [handler] }", "handler should not see the case")]
    [InlineData("expect: { seenBy: [admin] }", "admin should see the case")]
    [InlineData("expect: { mails: [{ to: nobody@example.invalid }] }", "a mail should have reached")]
    [InlineData("colour: red", "unknown key 'colour'")]
    [InlineData("expcet: { stage: Submitted }", "scenario.yaml:9: unknown key 'expcet'. Did you mean 'expect'?")]
    [InlineData("expect: { stage: Approved }", "there is no stage 'Approved'. Stages: Submitted, AwaitingCorrection")]
    [InlineData("case: \"${nobody.id}\"", "scenario.yaml:9: '${nobody.id}' names something unknown: people are zhang")]
    [InlineData("task: acceptance", "one step holds one act, not apply and task")]
    [InlineData("expect: { stage: Submitted }\n  - { as: liu, task: acceptance, verb: claim }", "'liu' has no account and cannot act; give the person account: true")]
    [InlineData("expect: { stage: Submitted }\n  - { as: window, task: acceptance, verb: clam }", "'clam' is no verb; verbs are complete, claim")]
    [InlineData("expect: { stage: Submitted }\n  - { as: window, api: { get: cases, headrs: {} } }", "unknown key 'headrs'. Did you mean 'headers'?")]
    [InlineData("expect: { stage: Submitted }\n  - { as: window, api: { get: nothing }, expect: { http: 200 } }", "the API should have answered 200 and answered 404")]
    public async Task What_does_not_fit_is_told(string line, string told) =>
        Assert.Contains((await RunAsync(line)).Differences, difference => difference.Contains(told, StringComparison.Ordinal));

    [Fact]
    public async Task An_application_without_a_name_is_told_before_the_first_step_runs()
    {
        var outcome = await RunAsync("expect: { stage: Confirmed }\n  - { as: wang, apply: { form: single } }");
        Assert.Contains("scenario.yaml:10: 'case' is missing", Assert.Single(outcome.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_alone_says_that_the_call_is_refused() =>
        Assert.Empty((await RunAsync("expect: { stage: Submitted }\n  - { as: laozhan-handler, api: { get: \"cases/${case:A}\" }, expect: { http: 404 } }")).Differences);

    [Fact]
    public async Task A_refusal_that_nobody_expected_is_a_difference_and_stops_the_scenario()
    {
        var outcome = await RunAsync("expect: { stage: Submitted }\n  - { as: laozhan-handler, task: acceptance, verb: claim }\n  - { as: window, task: nowhere, outcome: Accept }");
        Assert.Contains("not-found", Assert.Single(outcome.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public void What_scenarios_of_dibao_may_name_is_written_down() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Root(), "docs", "scenarios-dibao.md")), ScenarioReference.Write(Root(), "dibao"));

    [Fact]
    public async Task A_folder_without_scenarios_is_no_success() => Assert.Equal(1, await new SimulateCommand().RunAsync([_folder.FullName, "--root", Root()]));

    [Theory]
    [InlineData("--store", "oracle")]
    [InlineData("--colour", "red")]
    public async Task Wrong_arguments_end_with_two(params string[] arguments) => Assert.Equal(2, await new SimulateCommand().RunAsync([_folder.FullName, .. arguments]));

    private Task<ScenarioOutcome> RunAsync(string line) => ScenarioRunner.RunAsync(Write(line), Root(), null, TestContext.Current.CancellationToken);

    private string Write(string line)
    {
        var file = Path.Combine(_folder.FullName, "scenario.yaml");
        var common = Path.Combine(Root(), "workflows", "dibao", "scenarios", "common.yaml");
        File.WriteAllText(
            file,
            "name: one step\ncaseType: dibao\ncovers: []\nstart: 2026-03-02 08:00\ninclude: " + common
            + "\nsteps:\n  - as: wang\n    apply: { case: A, form: single }\n    " + line + "\n");
        return file;
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
