using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests.Support;

/// <summary>One case carried through its steps as people do it: claim, fill in, complete.</summary>
public sealed class DibaoFlow(DibaoHost host, Id<Case> caseId)
{
    public Id<Case> CaseId => caseId;

    public static async Task<DibaoFlow> SubmitAsync(DibaoHost host, JsonObject form)
    {
        var citizen = await host.ActorAsync(host.Bureau["citizen"]);
        var receipt = await host.Get<IIntakeService>().SubmitAsync(citizen, Applications.Request(form), DibaoHost.Stop);
        return new DibaoFlow(host, receipt.CaseId);
    }

    public Task<Case> CaseAsync() => host.ReadAsync(w => w.Set<Case>().AsNoTracking().FirstAsync(c => c.Id == caseId, DibaoHost.Stop));

    public Task<List<WorkTask>> OpenTasksAsync() => host.ReadAsync(w => w.Set<WorkTask>().AsNoTracking()
        .Where(t => t.CaseId == caseId && (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed))
        .ToListAsync(DibaoHost.Stop));

    public async Task<WorkTask> OpenAsync(string step) =>
        (await OpenTasksAsync()).SingleOrDefault(t => t.Step == step)
        ?? throw new InvalidOperationException($"No open task {step}; open: {string.Join(", ", (await OpenTasksAsync()).Select(t => t.Step))}; stage {(await CaseAsync()).Stage}.");

    public async Task<TaskReceipt> PerformAsync(string who, string step, TaskVerb verb, string? outcome = null, JsonObject? form = null, string? comment = null, string? target = null)
    {
        var task = await OpenAsync(step);
        var caseFile = await CaseAsync();
        return await host.Get<ITaskService>().PerformAsync(
            await host.ActorAsync(host.Bureau[who]),
            new TaskRequest(task.Id, verb, task.Revision, caseFile.FactsRevision, Guid.NewGuid(), outcome, form, comment, target),
            DibaoHost.Stop);
    }

    /// <summary>Claims where needed and completes; whoever proposes or signs agrees in words unless other words are given.</summary>
    public async Task<TaskReceipt> DoAsync(string who, string step, string outcome, JsonObject? form = null, string? comment = null)
    {
        var task = await OpenAsync(step);
        if (task is { State: WorkTaskState.Ready, ForCitizen: false })
        {
            await PerformAsync(who, step, TaskVerb.Claim);
        }

        return await PerformAsync(who, step, TaskVerb.Complete, outcome, form, comment ?? (outcome is "Grant" or "Approve" ? "同意" : null));
    }

    public async Task SurveyAsync()
    {
        await DoAsync("handler", "survey", "Submit", new JsonObject
        {
            ["secondInvestigator"] = host.Bureau["handler2"].ToString(),
            ["conclusion"] = "与申报情况一致",
        });
        await SignAsync("handler2");
    }

    /// <summary>The second investigator signs what waits for a signature; definitions kept from before have no such step.</summary>
    public async Task SignAsync(string who)
    {
        if ((await OpenTasksAsync()).Find(t => t.SignsTaskId is not null) is { } signature)
        {
            await DoAsync(who, signature.Step, "Confirm");
        }
    }

    /// <summary>The platform answers that all is as declared.</summary>
    public async Task VerifyAsync(string conclusion = "meets", JsonArray? results = null)
    {
        var request = await host.ReadAsync(w => w.Set<VerificationRequest>().OrderByDescending(r => r.RequestedAt).FirstAsync(r => r.CaseId == caseId, DibaoHost.Stop));
        await host.OnAsync<VerificationService, bool>(s => s.ReceiveAsync(
            Actor.System("platform"),
            new JsonObject
            {
                ["requestId"] = request.Id.ToString(),
                ["platformNumber"] = "P-1",
                ["status"] = "complete",
                ["results"] = results ?? [],
                ["conclusion"] = conclusion,
            },
            DibaoHost.Stop));
    }

    public async Task ToOpinionAsync()
    {
        await DoAsync("clerk", "acceptance", "Accept", []);
        await VerifyAsync();
        await SurveyAsync();
    }

    public async Task ToNoticeAsync()
    {
        await ToOpinionAsync();
        await DoAsync("handler", "opinion-draft", "Grant", []);
        await DoAsync("reviewer", "opinion-check", "Approve");
        await DoAsync("leader", "opinion-signoff", "Approve");
    }

    public async Task<Id<Person>> PersonAsync(string name) =>
        await host.ReadAsync(w => w.Set<Person>().Where(p => p.Name == name).Select(p => p.Id).FirstAsync(DibaoHost.Stop));

    public Task<List<IssuedDocument>> DocumentsAsync() => host.ReadAsync(w => w.Set<IssuedDocument>().AsNoTracking()
        .Where(d => d.CaseId == caseId).OrderBy(d => d.IssuedAt).ThenBy(d => d.Id).ToListAsync(DibaoHost.Stop));
}
