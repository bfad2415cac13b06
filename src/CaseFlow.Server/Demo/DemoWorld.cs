using System.Diagnostics;
using CaseFlow.Cases.Calendar;

namespace CaseFlow.Server.Demo;

/// <summary>Makes the demo: bodies, accounts, and a year and a half of cases, the same for the same seed.</summary>
internal sealed class DemoWorld(DemoAccounts accounts, DemoYears years, IClockControl clock, ILogger<DemoWorld> log)
{
    private const int Seed = 220502;

    /// <summary>Makes it, in an empty database that has been declared a demo.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var people = new DemoPeople(Seed);
        await accounts.OpenAsync(people, cancellationToken);
        await years.LiveAsync(people, cancellationToken);
        await clock.MoveToAsync(BusinessTime.StartOf(DemoPlan.Today).AddHours(9), cancellationToken);
        log.LogInformation("The demo was made in {Seconds:0.0} s: {Households} households, today is {Today:yyyy-MM-dd}.", watch.Elapsed.TotalSeconds, DemoPlan.Households, DemoPlan.Today);
    }
}
