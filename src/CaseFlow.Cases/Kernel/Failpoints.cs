using System.Diagnostics;
using System.Globalization;

namespace CaseFlow.Cases.Kernel;

/// <summary>
/// Named places around every commit and every delivery at which a test can kill the process, as a power cut would. Inert
/// unless the environment variable <c>CASEFLOW_FAILPOINT</c> names one: <c>step.before-commit</c> kills at the first hit,
/// <c>step.before-commit:3</c> at the third, <c>step.before-commit@task.complete</c> only in that step.
/// </summary>
public static class Failpoints
{
    private static readonly Armed? Point = Read(Environment.GetEnvironmentVariable("CASEFLOW_FAILPOINT"));
    private static int hits;

    /// <summary>Kills this process without any clean-up if the point is armed and its count is reached.</summary>
    /// <param name="name">The place, for example <c>step.before-commit</c>.</param>
    /// <param name="detail">What happens there, for example the step's name.</param>
    public static void Hit(string name, string? detail = null)
    {
        if (Point is null || Point.Name != name || (Point.Detail is not null && Point.Detail != detail))
        {
            return;
        }

        if (Interlocked.Increment(ref hits) == Point.Count)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private static Armed? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var counted = text.Split(':', 2);
        var named = counted[0].Split('@', 2);
        var count = counted.Length == 2 ? int.Parse(counted[1], CultureInfo.InvariantCulture) : 1;
        return new Armed(named[0], named.Length == 2 ? named[1] : null, count);
    }

    private sealed record Armed(string Name, string? Detail, int Count);
}
