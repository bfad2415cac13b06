using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Commands.Simulate.Acts;

namespace CaseFlow.Server.Commands.Simulate.Checks;

/// <summary>Compares what a step did with its <c>expect</c>.</summary>
internal static class ScenarioChecks
{
    public static async Task<IReadOnlyList<string>> RunAsync(ScenarioWorld world, YamlMap step, ActResult result, Baseline baseline, CancellationToken cancellationToken)
    {
        var differences = new Differences();
        var expect = step.Map("expect");
        Outcome(step, expect, result, differences);
        if (expect is null)
        {
            return differences.All;
        }

        if (world.CurrentCase is not null)
        {
            var caseId = world.CaseOf(step);
            await CaseChecks.CheckAsync(world, caseId, expect, differences);
            await WorkChecks.CheckAsync(world, caseId, expect, baseline, differences);
        }

        if (expect.Flag("verify"))
        {
            var report = await world.Host.ReadAsync<IIntegrityCheck, IntegrityReport>(check => check.RunAsync(cancellationToken));
            foreach (var finding in report.Findings)
            {
                differences.Add(expect.Place, $"invariant {finding.Rule} is broken at {finding.Entry}: {finding.Message}");
            }
        }

        expect.Texts("succeed");
        expect.Texts("failures");
        expect.Done();
        return differences.All;
    }

    private static void Outcome(YamlMap step, YamlMap? expect, ActResult result, Differences differences)
    {
        var wanted = expect?.Text("refused")
            ?? (expect?.Flag("conflict") == true ? "conflict" : null)
            ?? (expect?.Flag("fault") == true ? "fault" : null)
            ?? (expect?.Text("invalid") is { } field ? "invalid:" + field : null);
        var found = result.Failure is { } failure ? ActTable.CodeOf(failure) : null;
        var byStatus = wanted is null && expect?.Whole("http") is >= 400 and var code && code == result.Http;
        if (wanted != found && !byStatus)
        {
            differences.Add(step.Place, (wanted, found) switch
            {
                (null, _) => $"should have been done and was refused: {found}: {result.Told}",
                (_, null) => $"should have been refused with '{wanted}' and was done",
                _ => $"should have been refused with '{wanted}' and was with '{found}': {result.Told}",
            });
        }

        foreach (var text in (expect?.Texts("told") ?? []).Where(text => !result.Told.Contains(text, StringComparison.Ordinal)))
        {
            differences.Add(step.Place, $"the person should have been told '{text}', and was told: {result.Told}");
        }

        if (expect?.Whole("http") is { } status && status != result.Http)
        {
            differences.Add(step.Place, $"the API should have answered {status} and answered {(result.Http is { } answered ? answered : "nothing: the step is no call of the API")}");
        }

        var body = result.Body?.ToJsonString(CaseFlow.Cases.Kernel.CaseJson.Options) ?? "";
        foreach (var text in (expect?.Texts("body") ?? []).Where(text => !body.Contains(text, StringComparison.Ordinal)))
        {
            differences.Add(step.Place, $"the API's answer should contain '{text}' and is: {body}");
        }

        if (result.Failure is StepFaultedException { InnerException: { } cause } && wanted is null)
        {
            differences.Add(step.Place, $"the fault was {cause.GetType().Name}: {cause.Message}");
        }
    }
}
