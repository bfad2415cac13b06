using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Raises;

/// <summary>What an act on a raise has led to.</summary>
/// <param name="Number">The raise.</param>
/// <param name="State">Its state now.</param>
/// <param name="Message">A sentence for the person, in Chinese.</param>
public sealed record RaiseReceipt(string Number, StandardRaiseState State, string Message);

/// <summary>
/// The life of a raise: preview → approved with a hash → approved by a second person → carried out household by household
/// (domain K). Each verb is a step of its own with an entry in the raise's chain.
/// </summary>
public sealed class RaiseService(IStepRunner steps)
{
    /// <summary>The first approver fixes the lines.</summary>
    /// <param name="actor">A reviewer of the district.</param>
    /// <param name="id">The raise.</param>
    /// <param name="seenHash">The hash of the preview that the person saw.</param>
    /// <param name="operationId">Unique per intended act.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="ConflictException">The preview is no longer what the person saw.</exception>
    /// <exception cref="RefusedException">Not by this person or in this state, or nobody is to be raised.</exception>
    public Task<RaiseReceipt> ApproveAsync(Actor actor, Id<StandardRaise> id, string seenHash, Guid operationId, CancellationToken cancellationToken) =>
        RunAsync("raise.approve", actor, operationId, (step, token) => step.ApproveAsync(actor, id, seenHash, token), cancellationToken);

    /// <summary>The second approver signs; the households are changed from now on.</summary>
    /// <exception cref="ConflictException">The lines were approved anew since.</exception>
    public Task<RaiseReceipt> SignAsync(Actor actor, Id<StandardRaise> id, string seenHash, Guid operationId, CancellationToken cancellationToken) =>
        RunAsync("raise.sign", actor, operationId, (step, token) => step.SignAsync(actor, id, seenHash, token), cancellationToken);

    /// <summary>Back to the preview, before the second approver has signed.</summary>
    /// <exception cref="InvalidInputException">No reason was given.</exception>
    public Task<RaiseReceipt> ReopenAsync(Actor actor, Id<StandardRaise> id, string reason, Guid operationId, CancellationToken cancellationToken) =>
        RunAsync("raise.reopen", actor, operationId, (step, token) => step.ReopenAsync(actor, id, reason, token), cancellationToken);

    /// <summary>A further run for households that were left and are mended now.</summary>
    public Task<RaiseReceipt> RepeatAsync(Actor actor, Id<StandardRaise> id, Guid operationId, CancellationToken cancellationToken) =>
        RunAsync("raise.open", actor, operationId, (step, token) => step.RepeatAsync(actor, id, token), cancellationToken);

    private Task<RaiseReceipt> RunAsync(
        string name, Actor actor, Guid operationId, Func<RaiseStep, CancellationToken, Task<RaiseReceipt>> act, CancellationToken cancellationToken) =>
        steps.RunOnAsync(new Step(name, actor, operationId), act, cancellationToken);
}
