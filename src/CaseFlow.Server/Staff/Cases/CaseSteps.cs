using System.Globalization;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Server.Components;

namespace CaseFlow.Server.Staff.Cases;

/// <summary>The stages of a case as the stepper shows them: at most eight, those passed with their day.</summary>
internal static class CaseSteps
{
    private const int Most = 8;

    /// <summary>The steps of a case.</summary>
    public static IReadOnlyList<StepperStep> Of(CaseHead head, DateOnly today)
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        var over = head.Case.Status is not (CaseStatus.Open or CaseStatus.Draft);
        var here = head.Steps.ToList().FindIndex(s => s.Now);
        var steps = head.Steps.Select((s, i) => new StepperStep(
            s.Name.In(culture),
            s.Now && !over ? StepState.Current : i <= here || s.Reached is not null ? StepState.Done : StepState.ToCome,
            s.Reached is { } at ? Show.Day(at.Day(), today) : null)).ToList();
        return steps.Count <= Most ? steps : [.. steps.Where(s => s.State != StepState.ToCome).TakeLast(Most - 1), .. steps.Where(s => s.State == StepState.ToCome).Take(1)];
    }
}
