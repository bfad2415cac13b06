using CaseFlow.Cases.Tasks;

namespace CaseFlow.Activities;

/// <summary>
/// 第二人签字确认: the second person whom an earlier step named (the second investigator of a survey) signs or objects in person.
/// Where that step named nobody, as a review without a visit does, it ends at once with <c>NotNeeded</c>, if that is offered.
/// </summary>
[Activity("CaseFlow", "人员 People", "由前面环节登记的第二名调查人员本人签字确认或者提出异议", DisplayName = "第二人签字确认")]
public sealed class SecondSignature : StaffTask
{
    /// <summary>The outcome where nobody has to sign.</summary>
    private const string NotNeeded = "NotNeeded";

    /// <summary>Step identifier of what is signed.</summary>
    [Input(DisplayName = "签哪一环节", Description = "登记第二名调查人员的环节标识，例如 survey", Order = 0)]
    public Input<string> SignedStep { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        if ((await SignedAsync(context, of)).SecondPersonId is null && Offered(context).Contains(NotNeeded))
        {
            await context.CompleteActivityWithOutcomesAsync(NotNeeded);
            return;
        }

        await base.ExecuteAsync(context);
    }

    /// <inheritdoc/>
    internal override async ValueTask<TaskSpecification> SpecifyAsync(ActivityExecutionContext context, CaseOfActivity of) =>
        await base.SpecifyAsync(context, of) with
        {
            Outcomes = [.. Offered(context).Where(outcome => outcome != NotNeeded)],
            Signs = await SignedAsync(context, of),
        };

    private ICollection<string> Offered(ActivityExecutionContext context) => context.Get(Outcomes) ?? [];

    private async Task<WorkTask> SignedAsync(ActivityExecutionContext context, CaseOfActivity of)
    {
        var step = context.Get(SignedStep) ?? throw new InvalidOperationException("A signature needs the step that is signed.");
        return await context.LastTaskAsync(of.Procedure, step) ?? throw new InvalidOperationException($"The step {step} has not been done.");
    }
}
