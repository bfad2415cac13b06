using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Payments;

/// <summary>Records or mends the account that a beneficiary is paid on (社会化发放, 一卡通).</summary>
public sealed class AccountCorrection(IStepRunner steps, IUnitOfWork work, ILocks locks, IAuditTrail audit)
{
    /// <summary>Least number of digits of an account.</summary>
    public const int LeastDigits = 8;

    /// <summary>Highest number of digits of an account.</summary>
    public const int MostDigits = 30;

    /// <summary>Sets the account of a case's applicant; the audit keeps its last four digits, never the number.</summary>
    /// <exception cref="InvalidInputException">The number is none, or no bank is named.</exception>
    /// <exception cref="RefusedException">The case is not found, or the actor's post may not.</exception>
    public Task<bool> SetAsync(Actor actor, Id<Case> caseId, string account, string bank, string reason, CancellationToken cancellationToken)
    {
        var digits = string.Concat((account ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (digits.Length is < LeastDigits or > MostDigits || !digits.All(char.IsAsciiDigit))
        {
            throw new InvalidInputException("account", $"账号应为 {LeastDigits} 至 {MostDigits} 位数字。");
        }

        if (string.IsNullOrWhiteSpace(bank) || bank.Length > 60)
        {
            throw new InvalidInputException("bank", "请填写开户银行（不超过 60 字）。");
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            throw new InvalidInputException("reason", "请写明更正的原因和依据（不超过 500 字）。");
        }

        return steps.RunOnAsync<AccountCorrection, bool>(
            new Step("person.account", actor),
            (service, token) => service.SetInStepAsync(actor, caseId, digits, bank.Trim(), reason.Trim(), token),
            cancellationToken);
    }

    private async Task<bool> SetInStepAsync(Actor actor, Id<Case> caseId, string account, string bank, string reason, CancellationToken cancellationToken)
    {
        await locks.LockCaseAsync(caseId, cancellationToken);
        var caseFile = await work.Set<Case>().FirstOrDefaultAsync(c => c.Id == caseId, cancellationToken);
        if (caseFile is null || !Scope.CaseScope.Covers(actor.Scope, caseFile))
        {
            throw new RefusedException("not-found", "找不到这个办件。");
        }

        if (!actor.Holds(PostKind.CaseHandler) && !actor.Holds(PostKind.FinanceOfficer))
        {
            throw new RefusedException("post", "账户由乡镇（街道）经办人或财务登记。");
        }

        await locks.LockPersonsAsync([caseFile.ApplicantId], cancellationToken);
        var person = await work.Set<Person>().FirstAsync(p => p.Id == caseFile.ApplicantId, cancellationToken);
        (person.BankAccount, person.BankName) = (account, bank);
        await audit.AppendAsync(
            caseId, actor, "person.account", new JsonObject { ["tail"] = account[^4..], ["bank"] = bank, ["reason"] = reason }, cancellationToken);
        return true;
    }
}
