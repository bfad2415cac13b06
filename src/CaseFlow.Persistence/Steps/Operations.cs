using System.Text.Json;
using CaseFlow.Cases.Kernel;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Sql;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Steps;

/// <summary>
/// An operation id in the step's transaction. The row is inserted first: a repeat that runs at the same time waits on its
/// key until the first has committed, and then finds the result.
/// </summary>
internal sealed class Operations
{
    private readonly OperationRecord record;

    private Operations(OperationRecord record, bool done)
    {
        this.record = record;
        Done = done;
    }

    /// <summary>Whether it was done before.</summary>
    public bool Done { get; }

    /// <summary>Takes the id, or finds what it did.</summary>
    /// <exception cref="RefusedException"><c>operation-of-another</c>: another account or another act used the id.</exception>
    public static async Task<Operations> BeginAsync(CaseFlowDbContext db, Step step, Guid id, TimeProvider time, CancellationToken cancellationToken)
    {
        var actor = step.Actor.AccountId?.ToString() ?? $"system:{step.Actor.Name}";
        var taken = await OperationSql.TryTakeAsync(db, id, step.Name, actor, time.GetUtcNow(), cancellationToken);
        var row = await db.Set<OperationRecord>().SingleAsync(o => o.OperationId == id, cancellationToken);
        if (!taken && (row.ActorKey != actor || row.StepName != step.Name))
        {
            throw new RefusedException("operation-of-another", "这个操作编号已被使用，请刷新页面后重新提交。");
        }

        return new Operations(row, !taken);
    }

    /// <summary>The result of the first run.</summary>
    public T Result<T>() => JsonSerializer.Deserialize<T>(record.ResultJson, KernelJson.Options)!;

    /// <summary>Keeps the result with the step.</summary>
    public void Finish<T>(T result) => record.ResultJson = JsonSerializer.Serialize(result, KernelJson.Options);
}
