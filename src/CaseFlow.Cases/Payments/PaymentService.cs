using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Payments;

/// <summary>What an act on a list has led to.</summary>
/// <param name="Number">The list.</param>
/// <param name="State">Its state now.</param>
/// <param name="Message">A sentence for the person, in Chinese.</param>
public sealed record PaymentReceipt(string Number, PaymentBatchState State, string Message);

/// <summary>
/// The life of a payment list: worked out → frozen with a hash → signed by a second person → given to the bank → answered by
/// the bank (domain K, batch). Each verb is a step of its own with an entry in the list's chain.
/// </summary>
public sealed class PaymentService(IStepRunner steps)
{
    /// <summary>Fixes lines, sum and hash.</summary>
    /// <param name="actor">A finance officer.</param>
    /// <param name="id">The list.</param>
    /// <param name="seenHash">The hash of the draft that the person saw.</param>
    /// <param name="operationId">Unique per intended act.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="ConflictException">The draft is no longer what the person saw.</exception>
    /// <exception cref="RefusedException">Not by this person or in this state, or a check stops it.</exception>
    public Task<PaymentReceipt> FreezeAsync(Actor actor, Id<PaymentBatch> id, string seenHash, Guid operationId, CancellationToken cancellationToken) =>
        RunAsync("payment.freeze", actor, operationId, (step, token) => step.FreezeAsync(actor, id, seenHash, token), cancellationToken);

    /// <summary>Makes a frozen or signed list a draft again, before the bank has it.</summary>
    /// <exception cref="InvalidInputException">No reason was given.</exception>
    public Task<PaymentReceipt> ReopenAsync(Actor actor, Id<PaymentBatch> id, string reason, Guid operationId, CancellationToken cancellationToken) =>
        RunAsync("payment.reopen", actor, operationId, (step, token) => step.ReopenAsync(actor, id, reason, token), cancellationToken);

    /// <summary>
    /// The second person signs the hash that they saw. Households that had to wait leave the list: their items go into a later one.
    /// </summary>
    /// <exception cref="ConflictException">The list was frozen anew since.</exception>
    public Task<PaymentReceipt> SignAsync(Actor actor, Id<PaymentBatch> id, string seenHash, Guid operationId, CancellationToken cancellationToken) =>
        RunAsync("payment.sign", actor, operationId, (step, token) => step.SignAsync(actor, id, seenHash, token), cancellationToken);

    /// <summary>The lines for the bank, with names and numbers in clear; every export is recorded with its hash.</summary>
    public Task<BankFile> ExportAsync(Actor actor, Id<PaymentBatch> id, CancellationToken cancellationToken) =>
        steps.RunOnAsync<PaymentStep, BankFile>(new Step("payment.export", actor), (step, token) => step.ExportAsync(actor, id, token), cancellationToken);

    /// <summary>Reads the bank's answer in: all of it, or, if one row does not fit, nothing.</summary>
    /// <exception cref="InvalidInputException">Rows do not fit; each is named with its reason.</exception>
    public Task<PaymentReceipt> SettleAsync(Actor actor, Id<PaymentBatch> id, IReadOnlyList<BankAnswer> answers, Guid operationId, CancellationToken cancellationToken) =>
        RunAsync("payment.settle", actor, operationId, (step, token) => step.SettleAsync(actor, id, answers, token), cancellationToken);

    private Task<PaymentReceipt> RunAsync(
        string name, Actor actor, Guid operationId, Func<PaymentStep, CancellationToken, Task<PaymentReceipt>> act, CancellationToken cancellationToken) =>
        steps.RunOnAsync(new Step(name, actor, operationId), act, cancellationToken);
}
