using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Components;

namespace CaseFlow.Server.Staff;

/// <summary>Figures as staff pages show them, beyond <see cref="Show"/>.</summary>
internal static class Figures
{
    /// <summary>A twelfth of a yearly sum, to the fen, for reading only: rules work on the yearly sum.</summary>
    public static string Monthly(this Money yearly) =>
        Show.Amount(new Money((long)Math.Round(yearly.Fen / 12m, MidpointRounding.AwayFromZero)));

    /// <summary>The day of a moment in Shanghai.</summary>
    public static DateOnly Day(this DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(TimeSpan.FromHours(8)).DateTime);
}
