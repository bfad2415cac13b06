using System.Globalization;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>Amounts in scenarios are yuan with at most two decimals.</summary>
internal static class Yuan
{
    /// <summary>Reads an amount.</summary>
    public static Money Parse(string text, YamlMap map) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
        && yuan * 100 == decimal.Truncate(yuan * 100)
            ? Money.FromYuan(yuan)
            : throw map.Error($"'{text}' is no amount in yuan.");

    /// <summary>Reads an amount as fen.</summary>
    public static long Fen(string text, YamlMap map) => Parse(text, map).Fen;
}
