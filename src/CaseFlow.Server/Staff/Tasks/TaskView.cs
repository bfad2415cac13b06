using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Staff.Cases;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>All that a person needs on one screen to do a task: facts, arithmetic, authority, decision.</summary>
public sealed record TaskView
{
    /// <summary>The task.</summary>
    public required WorkTask Task { get; init; }

    /// <summary>The case and its stages.</summary>
    public required CaseHead Head { get; init; }

    /// <summary>Verbs, outcomes and authority as the server sees them for this person.</summary>
    public required TaskActions Actions { get; init; }

    /// <summary>The household as this person may see it.</summary>
    public required HouseholdView Household { get; init; }

    /// <summary>Papers, the missing first.</summary>
    public required IReadOnlyList<Material> Materials { get; init; }

    /// <summary>The newest report of the platform; null if none was asked for or the post may not see it.</summary>
    public VerificationRequest? Request { get; init; }

    /// <summary>Its lines, differences first.</summary>
    public IReadOnlyList<VerificationLine> Verification { get; init; } = [];

    /// <summary>The arithmetic on the facts of now; null where the case type or the facts allow none.</summary>
    public LedgerView? Ledger { get; init; }

    /// <summary>Forms and opinions of earlier steps, newest first.</summary>
    public IReadOnlyList<EarlierStep> Earlier { get; init; } = [];

    /// <summary>What the second investigator signs here; null on every other task.</summary>
    public EarlierStep? Signed { get; init; }

    /// <summary>The step's form.</summary>
    public SchemaField? Form { get; init; }

    /// <summary>The form holds the opinion too: it is asked for once.</summary>
    public bool OpinionInForm { get; init; }

    /// <summary>Papers of which a correction may be asked; empty where the step asks for none.</summary>
    public IReadOnlyList<MaterialRequirement> Correctable { get; init; } = [];

    /// <summary>The review class that a step before has proposed, where this one chooses it; null else.</summary>
    public string? ProposedClass { get; init; }

    /// <summary>What is in the form and the opinion when the page opens.</summary>
    public required TaskDraft Draft { get; init; }

    /// <summary>Earlier steps to which this one may go back.</summary>
    public IReadOnlyList<ReturnTarget> Returns { get; init; } = [];

    /// <summary>Who else may do the task.</summary>
    public IReadOnlyList<Colleague> Colleagues { get; init; } = [];

    /// <summary>The due day of the whole procedure.</summary>
    public DateOnly? TotalDueOn { get; init; }

    /// <summary>Whether this person holds the task and may decide.</summary>
    public bool IsMine(Actor actor) => Task.State == WorkTaskState.Claimed && Task.AssigneeId == actor.AccountId;
}

/// <summary>A person who may do the same task.</summary>
public sealed record Colleague(Id<Account> AccountId, string Name, string JobTitle);

/// <summary>An earlier step with what was entered there.</summary>
public sealed record EarlierStep(WorkTask Task, SchemaField? Form, JsonObject? Data);

/// <summary>A line of the report.</summary>
/// <param name="Result">The row.</param>
/// <param name="Person">Name of the person.</param>
/// <param name="Differs">Whether it shows something else than was declared.</param>
public sealed record VerificationLine(VerificationResult Result, string Person, bool Differs)
{
    /// <summary>Whether the difference still has to be settled.</summary>
    public bool Open => Differs && Result.Settlement is null;
}

/// <summary>The arithmetic as a page shows it.</summary>
/// <param name="Lines">Lines.</param>
/// <param name="Eligible">Whether the household is entitled.</param>
/// <param name="Amount">Monthly amount.</param>
/// <param name="PerCapita">Income per head.</param>
/// <param name="Standard">Standard on the day.</param>
/// <param name="Recorded">Amount of the record that the file holds; null if there is none yet.</param>
/// <param name="RecordedAt">When that was calculated.</param>
public sealed record LedgerView(
    IReadOnlyList<AssessmentLine> Lines,
    bool Eligible,
    Money Amount,
    Money PerCapita,
    Money Standard,
    Money? Recorded,
    DateTimeOffset? RecordedAt)
{
    /// <summary>Whether today's result is another than the one on file: then nobody may decide on the old one.</summary>
    public bool HasMoved => Recorded is { } recorded && recorded != Amount;
}

/// <summary>What somebody was writing when they left the page.</summary>
public sealed record TaskDraft
{
    /// <summary>Chosen outcome, or <c>verb:...</c>.</summary>
    public string? Choice { get; init; }

    /// <summary>Opinion.</summary>
    public string Comment { get; init; } = "";

    /// <summary>The step's form.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>When it was saved; null if it never was.</summary>
    public DateTimeOffset? SavedAt { get; init; }
}
