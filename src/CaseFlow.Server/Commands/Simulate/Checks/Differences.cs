using System.Globalization;

namespace CaseFlow.Server.Commands.Simulate.Checks;

/// <summary>Collects what differs from what a scenario expects.</summary>
internal sealed class Differences
{
    private readonly List<string> _all = [];

    /// <summary>All differences in the order in which they were found.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>Adds a difference in words.</summary>
    public void Add(string place, string message) => _all.Add($"{place}: {message}");

    /// <summary>Compares a value with its text in the scenario, if the scenario names it.</summary>
    public void Compare(YamlMap expected, string key, object? actual)
    {
        if (expected.Text(key) is not { } wanted)
        {
            return;
        }

        var found = Show(actual);
        if (!string.Equals(wanted, found, StringComparison.Ordinal) && !(actual is Cases.Kernel.Money money && wanted != "none" && Yuan.Parse(wanted, expected) == money))
        {
            Add(expected.Place, $"{key} should be '{wanted}' and is '{found}'");
        }
    }

    /// <summary>Looks for texts that should or should not occur.</summary>
    public void Contains(YamlMap expected, string what, string text)
    {
        foreach (var wanted in expected.Texts("contains").Where(wanted => !text.Contains(wanted, StringComparison.Ordinal)))
        {
            Add(expected.Place, $"{what} should contain '{wanted}'; it says: {Shorten(text)}");
        }

        foreach (var unwanted in expected.Texts("lacks").Where(unwanted => text.Contains(unwanted, StringComparison.Ordinal)))
        {
            Add(expected.Place, $"{what} should not contain '{unwanted}'");
        }
    }

    /// <summary>A value as scenarios write it.</summary>
    public static string Show(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Shorten(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
