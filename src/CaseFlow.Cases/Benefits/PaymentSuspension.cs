using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Benefits;

/// <summary>
/// 暂停发放: the payment rests, not the entitlement, because the account fails or nobody knows where the family is. What was
/// not paid is paid as arrears when it is lifted and the family was entitled.
/// </summary>
public sealed class PaymentSuspension
{
    /// <summary>Identity.</summary>
    public Id<PaymentSuspension> Id { get; set; } = Id<PaymentSuspension>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>First month that is not paid.</summary>
    public Month From { get; set; }

    /// <summary>Why: <c>account</c> or <c>whereabouts</c>.</summary>
    public string Reason { get; set; } = "";

    /// <summary>When it was decided.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When it was lifted; null while it lasts.</summary>
    public DateTimeOffset? LiftedAt { get; set; }
}
