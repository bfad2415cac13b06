using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Procedures;

/// <summary>The rows of procedures: opened with the version in force, closed with what was still open in them. Acts in the current step.</summary>
public sealed class ProcedureService(
    IUnitOfWork work, IAuditTrail audit, IBusinessClock clock, CaseTypeCatalogue catalogue, DeadlineService deadlines, StepContext step)
{
    /// <summary>Stimulus that the end of a procedure sends to its case; its key is the procedure's id.</summary>
    public const string EndedStimulus = "procedure.ended";

    /// <summary>Opens a procedure pinned to the version that is published now.</summary>
    /// <exception cref="RefusedException">One of the kind is open, or the case type has no such procedure.</exception>
    public async Task<Procedure> OpenAsync(Case caseFile, string kind, string reason, CancellationToken cancellationToken)
    {
        if (await IsOpenAsync(caseFile.Id, kind, cancellationToken))
        {
            throw new RefusedException("procedure-open", "该办件已有一个同类程序在办理，请先办结。");
        }

        var version = await catalogue.PublishedAsync(caseFile.CaseType, cancellationToken);
        if (!CaseTypeService.WorkflowIds(version).TryGetValue(kind, out var definition))
        {
            throw new RefusedException("procedure-unknown", $"事项没有“{kind}”这种程序。");
        }

        var procedure = new Procedure
        {
            CaseId = caseFile.Id,
            Kind = kind,
            CaseTypeVersionId = version.Id,
            DefinitionVersionId = definition,
            Reason = reason,
            StartedAt = clock.Now,
        };
        work.Set<Procedure>().Add(procedure);
        await audit.AppendAsync(
            caseFile.Id,
            step.Actor,
            "procedure.start",
            new JsonObject { ["procedure"] = procedure.Id.ToString(), ["kind"] = kind, ["definition"] = definition, ["reason"] = reason },
            cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        return procedure;
    }

    /// <summary>Whether a procedure of a kind is open.</summary>
    public Task<bool> IsOpenAsync(Id<Case> caseId, string kind, CancellationToken cancellationToken) =>
        work.Set<Procedure>().AnyAsync(p => p.CaseId == caseId && p.Kind == kind && p.State == ProcedureState.Open, cancellationToken);

    /// <summary>Records the result; the procedure ends when its workflow does.</summary>
    public async Task SetResultAsync(Procedure procedure, string result, CancellationToken cancellationToken)
    {
        procedure.Result = result;
        await audit.AppendAsync(
            procedure.CaseId,
            step.Actor,
            "procedure.result",
            new JsonObject { ["procedure"] = procedure.Id.ToString(), ["kind"] = procedure.Kind, ["result"] = result },
            cancellationToken);
    }

    /// <summary>Closes a procedure whose workflow has ended: open tasks, periods and notices end with it.</summary>
    public async Task CloseAsync(Procedure procedure, ProcedureState state, string? result, CancellationToken cancellationToken)
    {
        if (procedure.State != ProcedureState.Open)
        {
            return;
        }

        procedure.State = state;
        procedure.Result = result ?? procedure.Result;
        procedure.EndedAt = clock.Now;
        var caseFile = await work.Set<Case>().FindAsync([procedure.CaseId], cancellationToken)
            ?? throw new InvalidOperationException("The case of this procedure cannot be read.");
        await CancelTasksAsync(procedure.Id, new HashSet<string>(), cancellationToken);
        await deadlines.CancelOfProcedureAsync(caseFile, procedure.Id, cancellationToken);
        foreach (var notice in await work.Set<PublicNotice>()
            .Where(n => n.ProcedureId == procedure.Id && n.State == PublicNoticeState.Running).ToListAsync(cancellationToken))
        {
            notice.State = PublicNoticeState.Interrupted;
        }

        await audit.AppendAsync(
            procedure.CaseId,
            step.Actor,
            "procedure.end",
            new JsonObject { ["procedure"] = procedure.Id.ToString(), ["kind"] = procedure.Kind, ["state"] = state.ToString(), ["result"] = procedure.Result },
            cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Cancels the open tasks of a procedure whose bookmark is gone (a return, an end, a join that others won).</summary>
    public async Task CancelTasksAsync(Id<Procedure> procedure, IReadOnlySet<string> liveBookmarks, CancellationToken cancellationToken)
    {
        await work.SaveChangesAsync(cancellationToken);
        var open = await work.Set<WorkTask>()
            .Where(t => t.ProcedureId == procedure && (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed))
            .ToListAsync(cancellationToken);
        foreach (var task in open.Where(t => !liveBookmarks.Contains(t.BookmarkId)))
        {
            task.State = WorkTaskState.Cancelled;
            task.EndedAt = clock.Now;
            task.Revision++;
        }
    }
}
