namespace CaseFlow.Benchmarks;

/// <summary>One line for each figure: what, how much, and its ratio to a baseline of the same run.</summary>
internal static class Report
{
    /// <summary>Writes a heading.</summary>
    public static void Head(string text) => Console.WriteLine($"\n## {text}");

    /// <summary>Writes a line.</summary>
    public static void Line(string what, double value, string unit, double? ratio = null, string? of = null) =>
        Console.WriteLine($"{what,-48}{value,12:0.0} {unit,-14}{(ratio is { } r ? $"{r:0.00} of {of}" : "")}");
}
