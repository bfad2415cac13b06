namespace CaseFlow.Server.Commands.Simulate;

/// <summary>Which keys a step and its expectations may hold; a file is checked against it before anything runs.</summary>
internal static class StepShape
{
    /// <summary>Keys that every step may hold.</summary>
    private static readonly string[] Common = ["at", "as", "case", "expect", "note", "twice", "kill", "request"];

    /// <summary>Keys of <c>apply</c>; the name of the case is required, later steps are about it.</summary>
    private static readonly string[] Application = ["case", "form", "change", "channel", "materials", "caseType"];

    /// <summary>Keys of <c>expect</c>.</summary>
    private static readonly string[] Expectations =
    [
        "refused", "conflict", "invalid", "fault", "told", "http", "body", "number", "stage", "status", "area", "acceptedOn", "dueOn", "officerRelative",
        "amount", "benefitFrom", "benefitTo", "reviewClass", "tasks", "documents", "messages", "mails", "audit", "notice", "publication", "assessment", "review",
        "authority", "procedures", "deadlines", "benefit", "ledger", "seenBy", "hiddenFrom", "verify", "succeed", "failures", "at",
    ];

    private static readonly Dictionary<string, string[]> Acts = new(StringComparer.Ordinal)
    {
        ["apply"] = ["via", "token"],
        ["task"] = ["outcome", "verb", "form", "change", "comment", "to", "slot", "claim", "page", "via", "token"],
        ["look"] = ["task", "slot"],
        ["answer"] = [],
        ["object"] = ["page"],
        ["report"] = [],
        ["withdraw"] = [],
        ["terminate"] = [],
        ["extend"] = [],
        ["serve"] = [],
        ["lift"] = [],
        ["move"] = [],
        ["void"] = [],
        ["close"] = [],
        ["standard"] = [],
        ["raise"] = ["comment"],
        ["admin"] = [],
        ["given"] = [],
        ["together"] = [],
        ["again"] = [],
        ["api"] = [],
    };

    /// <summary>Checks a step of a file.</summary>
    /// <exception cref="ScenarioException">A key is not known; the message says which are.</exception>
    public static void Check(YamlMap step)
    {
        var acts = Acts.Keys.Where(step.Has).ToList();
        if (acts.Contains("look"))
        {
            acts = ["look"];
        }

        if (acts.Count > 1)
        {
            throw step.Error($"one step holds one act, not {string.Join(" and ", acts)}.");
        }

        IEnumerable<string> own = acts is [var act] ? [act, .. Acts[act]] : Acts.Keys;
        step.Only([.. Common, .. own], acts.Count == 0 ? "a step with one of the acts, or none," : null);
        step.Map("expect")?.Only(Expectations, "'expect'");
        Apply(step);
        foreach (var inner in acts is ["together"] ? step.Maps("together") : [])
        {
            Check(inner);
        }
    }

    private static void Apply(YamlMap step)
    {
        if (step.Has("apply"))
        {
            var apply = step.Map("apply") ?? throw step.Error("'apply' says what is applied for: case, form, materials.");
            apply.Only(Application, "'apply'");
            if (!apply.Has("case"))
            {
                throw apply.Error("'case' is missing: the name by which later steps speak of the case.");
            }
        }
    }
}
