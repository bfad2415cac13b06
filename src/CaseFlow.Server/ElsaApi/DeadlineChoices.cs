using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// The periods that a step can be given. A definition names a figure of the policy by its key; the designer shows the figure's
/// name and how long it is today.
/// </summary>
internal sealed class DeadlineChoices(PolicyDesk policy, IBusinessClock clock)
{
    private const string Suffix = ".days";

    /// <summary>Key → words, in the order of the keys: <c>dibao.survey</c> → 入户调查（10 个工作日）.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(bool english, CancellationToken cancellationToken)
    {
        var book = await policy.BookAsync(cancellationToken);
        return book.Keys
            .Where(k => k.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(k => book.Find(k, clock.Today))
            .OfType<PolicyFigure>()
            .Where(f => f.Unit is "workingDays" or "calendarDays")
            .OrderBy(f => f.Key, StringComparer.Ordinal)
            .ToDictionary(f => f.Key[..^Suffix.Length], f => Words(f, english), StringComparer.Ordinal);
    }

    private static string Words(PolicyFigure figure, bool english)
    {
        var working = figure.Unit == "workingDays";
        return english
            ? $"{figure.Key[..^Suffix.Length]} ({figure.Value} {(working ? "working" : "calendar")} days)"
            : $"{figure.Name}（{figure.Value} 个{(working ? "工作日" : "自然日")}）";
    }
}
