using System.Text.RegularExpressions;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using CaseFlow.Workflows.State;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests.Golden;

/// <summary>
/// Names for what differs from run to run in the state of a procedure (ids and the hashes over them), so that a state saved
/// long ago can be put in the place of one that waits at the same point today.
/// </summary>
internal sealed partial class StateNames
{
    private readonly Dictionary<string, string> idByName = new(StringComparer.Ordinal);

    /// <summary>Finds what the names mean for a procedure that waits now.</summary>
    public static async Task<StateNames> OfAsync(DibaoHost host, Procedure procedure, WorkflowState state)
    {
        var names = new StateNames();
        names.Add("instance", state.InstanceId);
        names.Add("case", procedure.CaseId.ToString());
        names.Add("version", state.DefinitionVersionId);
        foreach (var group in state.Bookmarks.GroupBy(b => b.ActivityId, StringComparer.Ordinal))
        {
            foreach (var (bookmark, index) in group.Select((b, i) => (b, i)))
            {
                names.Add($"bookmark {group.Key} {index}", bookmark.Id);
                names.Add($"hash {group.Key} {index}", bookmark.Hash);
            }
        }

        await names.AddRowsAsync(host, procedure);
        foreach (var (id, index) in IdPattern().Matches(names.In(Text(state))).Select(m => m.Value).Distinct().Select((id, i) => (id, i)))
        {
            names.Add($"other {index}", id);
        }

        return names;
    }

    public static string Text(WorkflowState state) => System.Text.Encoding.UTF8.GetString(StateJson.Write(state));

    /// <summary>A text in which ids differ from run to run and say nothing.</summary>
    public static string WithoutIds(string text) => IdPattern().Replace(text, "‹id›");

    /// <summary>A text with names for ids.</summary>
    public string In(string text) => idByName.OrderByDescending(p => p.Value.Length).Aggregate(text, (t, p) => t.Replace(p.Value, $"‹{p.Key}›", StringComparison.Ordinal));

    /// <summary>A text with ids for names.</summary>
    public string Out(string text)
    {
        var result = idByName.Aggregate(text, (t, p) => t.Replace($"‹{p.Key}›", p.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("‹", result, StringComparison.Ordinal);
        return result;
    }

    private async Task AddRowsAsync(DibaoHost host, Procedure procedure)
    {
        var tasks = await host.ReadAsync(w => w.Set<WorkTask>().AsNoTracking().Where(t => t.ProcedureId == procedure.Id).OrderBy(t => t.Id).ToListAsync(DibaoHost.Stop));
        foreach (var task in tasks)
        {
            Add($"task {task.ActivityId}", task.Id.ToString());
        }

        foreach (var other in await host.ReadAsync(w => w.Set<Procedure>().AsNoTracking()
            .Where(p => p.CaseId == procedure.CaseId && p.Id != procedure.Id).OrderBy(p => p.Id).ToListAsync(DibaoHost.Stop)))
        {
            Add($"procedure {other.Kind}", other.Id.ToString());
        }

        foreach (var notice in await host.ReadAsync(w => w.Set<PublicNotice>().AsNoTracking().Where(n => n.CaseId == procedure.CaseId).OrderBy(n => n.Id).ToListAsync(DibaoHost.Stop)))
        {
            Add("notice", notice.Id.ToString());
        }

        foreach (var request in await host.ReadAsync(w => w.Set<VerificationRequest>().AsNoTracking().Where(r => r.ProcedureId == procedure.Id).OrderBy(r => r.Id).ToListAsync(DibaoHost.Stop)))
        {
            Add("request", request.Id.ToString());
        }
    }

    /// <summary>Of several the last one has the name.</summary>
    private void Add(string name, string id) => idByName[name] = id;

    [GeneratedRegex(@"\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b")]
    private static partial Regex IdPattern();
}
