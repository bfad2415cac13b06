using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>
/// How long ago a draft was saved. A draft is saved in machine time and the page shows business days, which differ in a demo;
/// a span reads right beside both.
/// </summary>
internal static class SavedAgo
{
    /// <summary>The span in words.</summary>
    public static string Of(IStringLocalizer texts, DateTimeOffset savedAt, DateTimeOffset now) => (now - savedAt) switch
    {
        { TotalMinutes: < 1 } => texts["Intake.SavedNow"],
        { TotalHours: < 1 } span => texts["Intake.SavedMinutes", (int)span.TotalMinutes],
        { TotalDays: < 1 } span => texts["Intake.SavedHours", (int)span.TotalHours],
        var span => texts["Intake.SavedDays", (int)span.TotalDays],
    };
}
