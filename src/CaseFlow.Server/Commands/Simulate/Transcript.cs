using System.Globalization;
using System.Text;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Commands.Simulate.Acts;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>The readable story of a run: who did what when, what they were told, where the case stands.</summary>
internal sealed class Transcript
{
    private readonly StringBuilder _text = new();

    /// <summary>Tells a step.</summary>
    public async Task StepAsync(ScenarioWorld world, YamlMap step, ActResult result)
    {
        var now = world.Host.Clock.Now;
        var act = new ActTable().Find(step);
        var what = act is null ? "waits" : $"{act.Key} {(step.Text(act.Key) is { } name ? name + " " : "")}{step.Text("verb")} {step.Text("outcome")}".TrimEnd();
        var refused = result.Failure is { } failure ? $" REFUSED ({ActTable.CodeOf(failure)})" : "";
        _text.Append(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm}  {step.Text("as") ?? "–"}: {what}{refused}\n");
        _text.Append(CultureInfo.InvariantCulture, $"                  {result.Told}\n");
        if (world.CurrentCase is not null)
        {
            _text.Append(CultureInfo.InvariantCulture, $"                  {await StandingAsync(world, step)}\n");
        }
    }

    /// <summary>Tells a difference.</summary>
    public void Difference(string message) => _text.Append(CultureInfo.InvariantCulture, $"    DIFFERS: {message}\n");

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static async Task<string> StandingAsync(ScenarioWorld world, YamlMap step)
    {
        var caseId = world.CaseOf(step);
        var row = await world.ReadAsync(work => work.Set<Case>().AsNoTracking().FirstAsync(c => c.Id == caseId));
        var tasks = await world.ReadAsync(work => work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.CaseId == caseId && (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed)).OrderBy(t => t.Step).ToListAsync());
        var open = tasks.Select(task => $"{task.Step} ({(task.ForCitizen ? "citizen" : task.CandidatePosts)}{(task.DueOn is { } due ? $", due {due:yyyy-MM-dd}" : "")})");
        return $"{row.Number} {row.Stage}, {row.Status}; {(tasks.Count == 0 ? "nothing open" : string.Join("; ", open))}";
    }
}
