using System.Net;
using System.Text.RegularExpressions;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Checks;

/// <summary>Expectations about tasks, documents, messages, audit, and who sees the case.</summary>
internal static partial class WorkChecks
{
    public static async Task CheckAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Baseline baseline, Differences differences)
    {
        await TasksAsync(world, caseId, expect, differences);
        await DocumentsAsync(world, caseId, expect, baseline, differences);
        await MessagesAsync(world, caseId, expect, baseline, differences);
        await AuditAsync(world, caseId, expect, baseline, differences);
        await SeenAsync(world, caseId, expect, differences);
    }

    private static async Task TasksAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        if (!expect.Has("tasks"))
        {
            return;
        }

        var open = await world.ReadAsync(work => work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.CaseId == caseId && (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed)).ToListAsync());
        var rest = open.OrderBy(task => task.Step, StringComparer.Ordinal).ThenBy(task => task.Slot).ToList();
        foreach (var wanted in expect.Maps("tasks"))
        {
            var step = wanted.Required("step");
            var slot = wanted.Whole("slot");
            var task = rest.Find(task => task.Step == step && (slot is null || task.Slot == slot));
            if (task is null)
            {
                differences.Add(wanted.Place, $"task '{step}' should be open; open: {Steps(open)}");
                wanted.AsJson();
                continue;
            }

            rest.Remove(task);
            CompareTask(world, wanted, task, differences);
        }

        if (rest.Count > 0)
        {
            differences.Add(expect.Place, $"no other task should be open; open too: {Steps(rest)}");
        }
    }

    private static void CompareTask(ScenarioWorld world, YamlMap wanted, WorkTask task, Differences differences)
    {
        var posts = task.CandidatePosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var post in wanted.Texts("post").Where(post => !posts.Contains(post, StringComparer.Ordinal)))
        {
            differences.Add(wanted.Place, $"task '{task.Step}' should be open to {post}; it is open to {string.Join(", ", posts)}");
        }

        if (wanted.Text("at") is { } at && world.OrganisationOf(at, wanted) != task.OrganisationId)
        {
            var name = world.Organisations.FirstOrDefault(unit => unit.Value == task.OrganisationId).Key ?? "none";
            differences.Add(wanted.Place, $"task '{task.Step}' should be at {at} and is at {name}");
        }

        if (wanted.Text("assignee") is { } assignee)
        {
            var holder = world.Accounts.FirstOrDefault(account => account.Value == task.AssigneeId).Key ?? "none";
            if (holder != assignee)
            {
                differences.Add(wanted.Place, $"task '{task.Step}' should be with {assignee} and is with {holder}");
            }
        }

        differences.Compare(wanted, "due", task.DueOn);
        differences.Compare(wanted, "citizen", task.ForCitizen);
        differences.Compare(wanted, "state", task.State);
        wanted.Done();
    }

    private static async Task DocumentsAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Baseline baseline, Differences differences)
    {
        if (!expect.Has("documents"))
        {
            return;
        }

        var rest = (await baseline.NewDocumentsAsync(world, caseId)).ToList();
        foreach (var wanted in expect.Maps("documents"))
        {
            var template = wanted.Required("template");
            var document = rest.Find(d => d.TemplateKey == template || d.TemplateKey.EndsWith("/" + template, StringComparison.Ordinal));
            if (document is null)
            {
                differences.Add(wanted.Place, $"document '{template}' should have been issued; issued: {string.Join(", ", rest.Select(d => d.TemplateKey))}");
                wanted.AsJson();
                continue;
            }

            rest.Remove(document);
            differences.Compare(wanted, "number", document.OfficialNumber);
            differences.Compare(wanted, "title", document.Title);
            differences.Compare(wanted, "issuedOn", document.IssuedOn);
            differences.Compare(wanted, "forApplicant", document.ForApplicant);
            differences.Compare(wanted, "servedOn", document.ServedOn);
            differences.Compare(wanted, "reviewUntil", document.ReviewUntil);
            differences.Contains(wanted, $"document '{template}'", Plain(document.Html));
            wanted.Done();
        }

        if (rest.Count > 0)
        {
            differences.Add(expect.Place, $"no other document should have been issued; issued too: {string.Join(", ", rest.Select(d => $"{d.TemplateKey} {d.OfficialNumber}"))}");
        }
    }

    private static async Task MessagesAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Baseline baseline, Differences differences)
    {
        if (expect.Has("messages"))
        {
            var messages = await baseline.NewMessagesAsync(world, caseId);
            var applicant = await world.ReadAsync(work => work.Set<Case>().Where(c => c.Id == caseId).Select(c => c.ApplicantId).FirstAsync());
            foreach (var wanted in expect.Maps("messages"))
            {
                var to = wanted.Text("to") ?? "applicant";
                var channel = Acts.Enums.Parse<MessageChannel>(wanted, "channel");
                var account = to == "applicant" ? (Id<Cases.Organisation.Account>?)null : world.AccountOf(to, wanted);
                var found = messages.FirstOrDefault(m => m.Channel == channel && (account is null ? m.PersonId == applicant : m.AccountId == account));
                if (found is null)
                {
                    differences.Add(wanted.Place, $"{to} should have got a message by {channel}; there are {messages.Count} new messages");
                }

                differences.Contains(wanted, "the message", found is null ? "" : $"{found.Subject} {found.Body}");
                differences.Compare(wanted, "state", found?.State);
                differences.Compare(wanted, "uncertain", found?.DeliveryUncertain);
                wanted.Done();
            }
        }

        foreach (var wanted in expect.Maps("mails"))
        {
            var to = wanted.Required("to");
            var mail = world.Host.Mailbox.Mails.Skip(baseline.Mails).FirstOrDefault(m => m.To == to);
            if (mail is null)
            {
                differences.Add(wanted.Place, $"a mail should have reached {to}");
            }

            differences.Contains(wanted, "the mail", mail is null ? "" : $"{mail.Subject} {mail.Text}");
            differences.Compare(wanted, "attachments", mail?.Attachments.Count);
            var all = world.Host.Mailbox.Mails.Skip(baseline.Mails).Where(m => m.To == to).ToList();
            differences.Compare(wanted, "copies", all.Count);
            differences.Compare(wanted, "messageIds", all.Select(m => m.MessageId).Distinct(StringComparer.Ordinal).Count());
            wanted.Done();
        }
    }

    private static async Task AuditAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Baseline baseline, Differences differences)
    {
        if (!expect.Has("audit"))
        {
            return;
        }

        var found = (await baseline.NewAuditAsync(world, caseId)).Select(entry => entry.Action).ToList();
        foreach (var wanted in expect.Texts("audit").Where(wanted => !found.Contains(wanted)))
        {
            differences.Add(expect.Place, $"audit should hold '{wanted}'; new entries: {string.Join(", ", found)}");
        }
    }

    private static async Task SeenAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        foreach (var (key, sees) in new[] { ("seenBy", true), ("hiddenFrom", false) })
        {
            foreach (var name in expect.Texts(key))
            {
                var account = world.AccountOf(name, expect);
                var actor = await world.Host.ReadAsync<Cases.Organisation.ActorDirectory, Cases.Organisation.Actor?>(d => d.FindAsync(account, CancellationToken.None));
                await using var scope = world.Host.Services.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(actor?.Scope ?? DataScope.Nothing);
                var visible = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Set<Case>().AnyAsync(c => c.Id == caseId);
                if (visible != sees)
                {
                    differences.Add(expect.Place, $"{name} should {(sees ? "" : "not ")}see the case");
                }
            }
        }
    }

    private static string Steps(List<WorkTask> tasks) =>
        tasks.Count == 0 ? "none" : string.Join(", ", tasks.Select(task => $"{task.Step} (due {Differences.Show(task.DueOn)})"));

    private static string Plain(string html) => WebUtility.HtmlDecode(Tags().Replace(html, ""));

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 1000)]
    private static partial Regex Tags();
}
