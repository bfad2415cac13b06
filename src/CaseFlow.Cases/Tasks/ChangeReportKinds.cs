namespace CaseFlow.Cases.Tasks;

/// <summary>
/// What a household, the village or a handler may report: <c>members</c>, <c>income</c>, <c>property</c>, <c>move</c>,
/// <c>death</c>, <c>account</c> (nothing can be paid to the account), <c>whereabouts</c> (nobody knows where the person is),
/// <c>other</c>.
/// </summary>
public static class ChangeReportKinds
{
    /// <summary>All kinds, in the order in which one asks for them.</summary>
    public static IReadOnlyList<string> All { get; } = ["members", "income", "property", "move", "account", "death", "whereabouts", "other"];
}
