using System.Diagnostics;
using System.Diagnostics.Metrics;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Persistence.Steps;

/// <summary>
/// What is measured of steps: a span and a duration each, by the step's name and how it ended. Names and outcomes are
/// identifiers of the program; nothing of a case, a person or an account goes out.
/// </summary>
internal static class StepTelemetry
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "CaseFlow.Steps";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("caseflow.step.duration", "s", "How long steps take, attempts included.");

    /// <summary>Runs a step inside its span.</summary>
    public static async Task<T> MeasureAsync<T>(Step step, Func<Task<T>> run)
    {
        using var span = Source.StartActivity(step.Name);
        var started = Stopwatch.GetTimestamp();
        var outcome = "committed";
        try
        {
            return await run();
        }
        catch (Exception error)
        {
            outcome = OutcomeOf(error);
            span?.SetStatus(outcome == "failed" ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
            throw;
        }
        finally
        {
            span?.SetTag("caseflow.outcome", outcome);
            Duration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new KeyValuePair<string, object?>("caseflow.step", step.Name),
                new KeyValuePair<string, object?>("caseflow.outcome", outcome));
        }
    }

    private static string OutcomeOf(Exception error) => error switch
    {
        RefusedException => "refused",
        ConflictException => "conflict",
        InvalidInputException => "invalid",
        OperationCanceledException => "cancelled",
        _ => "failed",
    };
}
