using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.TestProcess;

/// <summary>What a process does in one round. Rows of round i are the i-th by id, so that all processes mean the same ones.</summary>
internal static class Jobs
{
    /// <summary>The most that one person may get: 6 × 600 yuan.</summary>
    private static readonly Money Cap = Money.FromYuan(3600);

    /// <summary>Finds a job by name.</summary>
    public static Func<int, Task<string>> Find(string name, IServiceProvider services, string node) => name switch
    {
        "task" => round => TryAsync(services, node, "task.complete", (s, stop) => CompleteAsync(s, node, round, stop)),
        "cap" => round => TryAsync(services, node, "grant", (s, stop) => GrantAsync(s, round, stop)),
        "reserve" => round => TryAsync(services, node, "pay", (s, stop) => PayAsync(s, round, stop)),
        "number" => round => TryAsync(services, node, "document.issue", (s, stop) => IssueAsync(s, node, round, stop)),
        "decide" => round => DecideAsync(services, round),
        "send" => _ => SendAsync(services),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static async Task<string> TryAsync(IServiceProvider services, string node, string step, Func<IServiceProvider, CancellationToken, Task<string>> body)
    {
        try
        {
            return await services.GetRequiredService<IStepRunner>().RunAsync(new Step(step, Actor.System(node)), body, CancellationToken.None);
        }
        catch (Exception refused) when (refused is ConflictException or RefusedException or TemplateFailsException)
        {
            return "refused";
        }
    }

    /// <summary>Two people saw the same open task; who comes second is told the conflict.</summary>
    private static async Task<string> CompleteAsync(IServiceProvider services, string node, int round, CancellationToken stop)
    {
        var db = services.GetRequiredService<IUnitOfWork>();
        var task = await db.Set<WorkTask>().OrderBy(t => t.Id).Skip(round).FirstAsync(stop);
        await services.GetRequiredService<ILocks>().LockCaseAsync(task.CaseId, stop);
        if (task.State != WorkTaskState.Ready)
        {
            throw new ConflictException("已由他人办结。");
        }

        task.State = WorkTaskState.Completed;
        task.CompletedAs = node;
        await services.GetRequiredService<IAuditTrail>().AppendAsync(task.CaseId, Actor.System(node), "task.complete", [], stop);
        return "done";
    }

    /// <summary>Two townships grant 2,000 to one person; together that is more than the cap.</summary>
    private static async Task<string> GrantAsync(IServiceProvider services, int round, CancellationToken stop)
    {
        var db = services.GetRequiredService<IUnitOfWork>();
        var file = await db.Set<Case>().OrderBy(c => c.Id).Skip(round).FirstAsync(stop);
        await services.GetRequiredService<ILocks>().LockPersonsAsync([file.ApplicantId], stop);
        var granted = (await db.Set<BenefitEntry>().Where(b => b.BeneficiaryId == file.ApplicantId).Select(b => b.Amount).ToListAsync(stop))
            .Aggregate(Money.Zero, (sum, amount) => sum + amount);
        var amount = Money.FromYuan(2000);
        if (granted + amount > Cap)
        {
            throw new RefusedException("beyond-cap", "超过个人限额。");
        }

        db.Set<BenefitEntry>().Add(new BenefitEntry { CaseId = file.Id, BeneficiaryId = file.ApplicantId, Programme = "relief", Month = Month.Of(2026, 6), Kind = BenefitEntryKind.Arrears, Amount = amount });
        return "done";
    }

    /// <summary>Two payments of 60 from a reserve of 100.</summary>
    private static async Task<string> PayAsync(IServiceProvider services, int round, CancellationToken stop)
    {
        var db = services.GetRequiredService<IUnitOfWork>();
        var fund = await db.Set<ReserveFund>().OrderBy(r => r.Id).Skip(round).FirstAsync(stop);
        await services.GetRequiredService<ILocks>().LockReserveAsync(fund.Id, stop);
        var amount = Money.FromYuan(60);
        if (fund.Balance < amount)
        {
            throw new RefusedException("reserve-too-small", "备用金不足。");
        }

        fund.Balance -= amount;
        db.Set<ReserveMovement>().Add(new ReserveMovement { ReserveId = fund.Id, Amount = -amount });
        return "done";
    }

    /// <summary>Two documents of one series; the template of every seventh fails after its number was drawn.</summary>
    private static async Task<string> IssueAsync(IServiceProvider services, string node, int round, CancellationToken stop)
    {
        var db = services.GetRequiredService<IUnitOfWork>();
        var caseId = await db.Set<Case>().OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(stop);
        var number = await AddDocumentAsync(services, caseId, stop);
        await db.SaveChangesAsync(stop);
        return (round + node[^1]) % 7 == 0 ? throw new TemplateFailsException() : number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The whole of a decision under one operation id: task, numbered document, ledger, audit, message.</summary>
    private static Task<string> DecideAsync(IServiceProvider services, int round) => services.GetRequiredService<IStepRunner>().RunAsync(
        new Step("decide", Actor.System("clerk"), new Guid(round + 1, 0, 0, new byte[8])),
        async (s, stop) =>
        {
            var db = s.GetRequiredService<IUnitOfWork>();
            var task = await db.Set<WorkTask>().OrderBy(t => t.Id).Skip(round).FirstAsync(stop);
            await s.GetRequiredService<ILocks>().LockCaseAsync(task.CaseId, stop);
            var file = await db.Set<Case>().SingleAsync(c => c.Id == task.CaseId, stop);
            task.State = WorkTaskState.Completed;
            file.Status = CaseStatus.ClosedWithoutGrant;
            await AddDocumentAsync(s, file.Id, stop);
            db.Set<BenefitEntry>().Add(new BenefitEntry { CaseId = file.Id, BeneficiaryId = file.ApplicantId, Programme = "dibao", Month = Month.Of(2026, 7), Amount = Money.FromYuan(500) });
            db.Set<OutboxMessage>().Add(new OutboxMessage
            {
                EventKey = $"{file.Id}/decision/mail",
                MessageKey = $"<{round}@caseflow.local>",
                Channel = MessageChannel.Mail,
                CaseId = file.Id,
                PersonId = file.ApplicantId,
                Subject = "办件有新的消息",
                Body = "请登录查看。",
            });
            await s.GetRequiredService<IAuditTrail>().AppendAsync(file.Id, Actor.System("clerk"), "task.complete", new JsonObject { ["round"] = round }, stop);
            return "done";
        },
        CancellationToken.None);

    /// <summary>Sends until the outbox gives nothing more.</summary>
    private static async Task<string> SendAsync(IServiceProvider services)
    {
        var outbox = services.GetServices<IDueWork>().Single(w => w.Name == "outbox");
        while (await outbox.RunDueAsync(CancellationToken.None) > 0)
        {
            // A batch was handed over; there may be another.
        }

        return "done";
    }

    private static async Task<int> AddDocumentAsync(IServiceProvider services, Id<Case> caseId, CancellationToken stop)
    {
        var number = await services.GetRequiredService<ILocks>().NextNumberAsync("东民", "救", 2026, stop);
        services.GetRequiredService<IUnitOfWork>().Set<IssuedDocument>().Add(new IssuedDocument
        {
            CaseId = caseId,
            BodyCode = "东民",
            NumberKind = "救",
            NumberYear = 2026,
            Number = number,
            OfficialNumber = $"东民救〔2026〕{number}号",
            Html = "<article/>",
            ContentHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("<article/>"u8)),
        });
        return number;
    }
}

/// <summary>A template that throws.</summary>
internal sealed class TemplateFailsException() : Exception("template");
