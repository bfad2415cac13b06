using System.Runtime.CompilerServices;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;

namespace CaseFlow.Cases.Tests;

/// <summary>The policy as we ship it: tests of rules run on the very data of <c>policy/</c>.</summary>
internal static class Shipped
{
    public static string FolderPath { get; } = Find();

    public static PolicyFolder Folder { get; } = PolicyFolder.Read(FolderPath);

    public static PolicyBook Policy { get; } = new(Folder.Figures, Folder.Texts);

    public static AuthorityTable Authority { get; } = new(Folder.Rules, Policy);

    public static StatutoryClock Clock { get; } = new(new HolidayCalendar(Folder.Days, Folder.Years));

    private static string Find([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "policy");
}
