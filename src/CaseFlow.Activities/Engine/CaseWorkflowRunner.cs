using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;

namespace CaseFlow.Activities.Engine;

/// <summary>What one burst of a procedure runs on.</summary>
/// <param name="Workflow">The definition to which the procedure is pinned.</param>
/// <param name="Skips">Nodes that an operator decided to pass over.</param>
internal sealed record CaseBurst(CompiledWorkflow Workflow, IReadOnlyList<SkipOverride> Skips);

/// <summary>Runs bursts under the business clock, and tells faults and refusals in the words of the domain.</summary>
internal sealed class CaseWorkflowRunner(IBusinessClock clock)
{
    /// <summary>Within a case other workflows are procedures, started by StartProcedure; the engine's own activities for it fail at once.</summary>
    private readonly WorkflowRunner _runner = new(new BusinessTimeProvider(clock), (_, _) => ValueTask.FromResult(false));

    public Task<WorkflowBurst> StartAsync(
        CaseBurst burst, Procedure procedure, IReadOnlyDictionary<string, object?> input, IServiceProvider services, CancellationToken cancellationToken) =>
        ToldAsync(procedure.Id.ToString(), () => _runner.StartAsync(
            burst.Workflow,
            new StartArguments
            {
                InstanceId = procedure.Id.ToString(),
                CorrelationId = procedure.CaseId.ToString(),
                Name = procedure.Kind,
                Input = input,
                Faults = FaultHandling.Throw,
                Skips = burst.Skips,
            },
            services,
            cancellationToken));

    public Task<WorkflowBurst> ResumeAsync(
        CaseBurst burst, WorkflowState state, string bookmarkId, IReadOnlyDictionary<string, object?> input, IServiceProvider services, CancellationToken cancellationToken) =>
        ToldAsync(state.InstanceId, () => _runner.ResumeAsync(burst.Workflow, state, bookmarkId, Arguments(burst, input), services, cancellationToken));

    public Task<WorkflowBurst> ReturnToAsync(
        CaseBurst burst, WorkflowState state, string activityId, IReadOnlyDictionary<string, object?> input, IServiceProvider services, CancellationToken cancellationToken) =>
        ToldAsync(state.InstanceId, () => _runner.ReturnToAsync(burst.Workflow, state, activityId, Arguments(burst, input), services, cancellationToken));

    public Task<WorkflowBurst> CancelAsync(CaseBurst burst, WorkflowState state, IServiceProvider services, CancellationToken cancellationToken) =>
        ToldAsync(state.InstanceId, () => _runner.CancelAsync(burst.Workflow, state, services, cancellationToken));

    private static BurstArguments Arguments(CaseBurst burst, IReadOnlyDictionary<string, object?> input) => new()
    {
        Input = input,
        Faults = FaultHandling.Throw,
        Skips = burst.Skips,
    };

    private static async Task<WorkflowBurst> ToldAsync(string instanceId, Func<ValueTask<WorkflowBurst>> run)
    {
        try
        {
            return await run();
        }
        catch (ActivityFaultException fault)
        {
            throw new WorkflowFaultException(instanceId, fault.Incident.NodeId, fault.InnerException ?? fault);
        }
        catch (WorkflowRefusedException refused)
        {
            throw new RefusedException(refused.Reason, Sentence(refused));
        }
    }

    private static string Sentence(WorkflowRefusedException refused) => refused.Reason switch
    {
        RefusalReasons.BookmarkNotFound => "这个环节已经办结或取消，请刷新后再办理。",
        RefusalReasons.InstanceEnded => "这个程序已经结束。",
        RefusalReasons.RegionNotRunning or RefusalReasons.ReturnNotPossible => "现在不能退回到这个环节。",
        _ => $"流程不能继续：{refused.Message}",
    };
}
