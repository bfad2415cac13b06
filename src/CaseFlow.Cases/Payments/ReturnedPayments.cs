using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Payments;

/// <summary>
/// Tells of money that the bank sent back: the household, which alone can bring the right account, and the staff of the case.
/// It is told once a list and line, however often the bank's answer is read.
/// </summary>
internal sealed class ReturnedPayments(IUnitOfWork work, NotificationService notifications)
{
    private const string Wording = "payment-returned";

    /// <summary>Writes the messages into the outbox of the current step.</summary>
    /// <param name="batch">The list.</param>
    /// <param name="lines">Its lines that came back, with the bank's reason.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task TellAsync(PaymentBatch batch, IEnumerable<PaymentLine> lines, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
        {
            if (await work.Set<Case>().FirstOrDefaultAsync(c => c.Id == line.CaseId, cancellationToken) is not { } caseFile)
            {
                continue;
            }

            var key = $"payment/{batch.Number}/{line.Sequence}/returned";
            await notifications.TellApplicantAsync(
                caseFile, key, $"{DocumentModels.MonthText(batch.Month)}的款项被银行退回，请核对您的账户。更正以后随下一批补发。", null, cancellationToken, Wording);
            await notifications.TellHandlersAsync(
                caseFile, key, $"{line.Name}{DocumentModels.MonthText(batch.Month)}的款项被银行退回：{line.FailureReason}。请联系本人核对账户并登记更正，款项随下一批补发。", cancellationToken);
        }
    }
}
