using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Payments;

/// <summary>A line for the bank: the only place where names, identity and account numbers leave the registry together.</summary>
/// <param name="Sequence">Place on the list.</param>
/// <param name="Name">Name.</param>
/// <param name="IdNumber">Resident identity number.</param>
/// <param name="Account">Account number.</param>
/// <param name="Bank">Bank.</param>
/// <param name="Amount">Amount; more than zero.</param>
public sealed record BankLine(int Sequence, string Name, string IdNumber, string Account, string Bank, Money Amount);

/// <summary>What the bank gets.</summary>
/// <param name="Number">Number of the list.</param>
/// <param name="Programme">Programme.</param>
/// <param name="Month">The month that is paid.</param>
/// <param name="Lines">The lines with money.</param>
/// <param name="Total">Their sum.</param>
/// <param name="Hash">Hash of the list.</param>
public sealed record BankFile(string Number, string Programme, Month Month, IReadOnlyList<BankLine> Lines, Money Total, string Hash);

/// <summary>A row of the bank's answer.</summary>
/// <param name="Row">Row in the file, from 1, for messages.</param>
/// <param name="Sequence">Place on the list.</param>
/// <param name="Amount">Amount, if the bank repeats it; it must be that of the line.</param>
/// <param name="Paid">Whether it is on the account.</param>
/// <param name="Reason">Why not; needed where it is not.</param>
public sealed record BankAnswer(int Row, int Sequence, Money? Amount, bool Paid, string? Reason);

/// <summary>Checks a bank's answer against the lines that wait for one.</summary>
internal static class BankAnswerCheck
{
    /// <summary>What does not fit, by row.</summary>
    public static Dictionary<string, string[]> Of(IReadOnlyList<BankAnswer> answers, IReadOnlyDictionary<int, PaymentLine> lines)
    {
        var seen = new HashSet<int>();
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            var fault = !seen.Add(answer.Sequence) ? $"序号 {answer.Sequence} 在文件里出现两次。" : Fault(answer, lines.GetValueOrDefault(answer.Sequence));
            if (fault is not null)
            {
                faults.TryAdd($"第 {answer.Row} 行", [fault]);
            }
        }

        if (answers.Count == 0)
        {
            faults["file"] = ["文件里没有回盘记录。"];
        }

        return faults;
    }

    private static string? Fault(BankAnswer answer, PaymentLine? line) => line switch
    {
        null => $"名单里没有序号 {answer.Sequence}。",
        { State: PaymentLineState.Nothing } => $"序号 {answer.Sequence} 本月没有发放。",
        { State: not PaymentLineState.Pending } => $"序号 {answer.Sequence}（{line.Name}）已经回过盘。",
        _ when answer.Amount is { } amount && amount != line.Amount => $"序号 {answer.Sequence}（{line.Name}）应为 {line.Amount} 元，文件里是 {amount} 元。",
        _ when !answer.Paid && string.IsNullOrWhiteSpace(answer.Reason) => $"序号 {answer.Sequence}（{line.Name}）没有到账，请写明原因。",
        _ when answer.Reason is { Length: > 200 } => "原因不能超过 200 个字。",
        _ => null,
    };
}
