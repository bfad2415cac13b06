namespace CaseFlow.Cases.Procedures;

/// <summary>Events that may happen to a case in force.</summary>
public static class CaseEvents
{
    /// <summary>The stimulus; its key is the event.</summary>
    public const string Stimulus = "case.event";

    /// <summary>Members, income or property have changed.</summary>
    public const string ChangeReport = "ChangeReport";

    /// <summary>The household moves.</summary>
    public const string Move = "Move";

    /// <summary>The account fails, or nobody knows where the family is.</summary>
    public const string PaymentFailure = "PaymentFailure";

    /// <summary>Somebody has died.</summary>
    public const string Death = "Death";
}
