using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Demo;

/// <summary>
/// Lets the demo's people live through the days: households apply, officers work, timers fire, reviews come due. Everything
/// goes through the services of the product, so that documents, numbers, money and audit are genuine.
/// </summary>
internal sealed class DemoYears(
    IServiceScopeFactory scopes,
    IIntakeService intake,
    IClockControl control,
    IEnumerable<IDueWork> due,
    DemoAccounts accounts,
    DemoOffice office,
    DemoPayments payments)
{
    private readonly Dictionary<Id<Case>, DemoCase> cases = [];
    private readonly Dictionary<Id<WorkTask>, DateOnly> plannedFor = [];
    private readonly HashSet<Id<PublicNotice>> disputed = [];
    private readonly HashSet<Id<Case>> reported = [];
    private const int Never = 10_000;
    private DemoPeople people = null!;

    /// <summary>A white picture of one pixel stands for every scan of the demo.</summary>
    private static readonly byte[] Scan = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==");

    /// <summary>Lives from the first day of the plan to its today.</summary>
    public async Task LiveAsync(DemoPeople those, CancellationToken cancellationToken)
    {
        people = those;
        var waiting = new Queue<DemoFate>(DemoPlan.Fates(people.Random));
        var calendar = await ReadAsync(async (services, token) =>
            (await services.GetRequiredService<PolicyDesk>().ClockAsync(token)).Calendar, cancellationToken);
        for (var day = DemoPlan.FirstDay; day <= DemoPlan.Today; day = day.AddDays(1))
        {
            await control.MoveToAsync(BusinessTime.StartOf(day).AddHours(8).AddMinutes(30), cancellationToken);
            await RunDueAsync(cancellationToken);
            await CloseMonthAsync(day, cancellationToken);
            while (waiting.TryPeek(out var next) && next.AppliesOn <= day)
            {
                await ApplyAsync(waiting.Dequeue(), cancellationToken);
            }

            if (calendar.IsWorkingDay(day))
            {
                await WorkAsync(day, cancellationToken);
                await payments.WorkAsync(day, cancellationToken);
            }

            await LiveOnAsync(day, cancellationToken);
        }
    }

    /// <summary>Everything that is due now; messages wait for the running server. Nothing falls due before somebody acts or the clock moves.</summary>
    private async Task RunDueAsync(CancellationToken cancellationToken)
    {
        foreach (var work in due.Where(w => w.Name is "timers" or "verification"))
        {
            while (await work.RunDueAsync(cancellationToken) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>The month's lines are written once the closing day is over; looking on other days would find nothing.</summary>
    private async Task CloseMonthAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (day.Day is 1 or 26)
        {
            await due.Where(w => w.Name == "month-closing").DrainAsync(cancellationToken);
        }
    }

    private async Task ApplyAsync(DemoFate fate, CancellationToken cancellationToken)
    {
        var index = cases.Count;
        var online = index % 40 == 0;
        var household = new DemoHousehold(people, fate.Story, fate.CommunityCode, fate.Area);
        var form = household.Form($"household{index + 1}@demo.invalid", fate.OfficerRelative);
        if (online && index == 0)
        {
            // The citizen's account is hers.
            form["applicant"]!["name"] = DemoAccounts.CitizenName;
        }

        var actor = online && index == 0
            ? await accounts.ActorAsync(DemoAccounts.Citizen, cancellationToken)
            : await accounts.ActorAsync($"{fate.Township.Slug}-window", cancellationToken);
        var channel = actor.Kind == ActorKind.Citizen ? "online" : "counter";
        var receipt = await intake.SubmitAsync(actor, new ApplicationRequest("dibao", form, await PapersAsync(fate, cancellationToken), channel, Guid.NewGuid()), cancellationToken);
        cases[receipt.CaseId] = new DemoCase
        {
            Index = index,
            Fate = fate,
            CaseId = receipt.CaseId,
            ApplicantName = (string)form["applicant"]!["name"]!,
            CitizenAccount = actor.Kind == ActorKind.Citizen ? actor.AccountId : null,
        };
        await RunDueAsync(cancellationToken);
    }

    /// <summary>A scan for each required paper; who comes without all of them lacks the last.</summary>
    private async Task<IReadOnlyList<UploadedMaterial>> PapersAsync(DemoFate fate, CancellationToken cancellationToken)
    {
        var (scan, codes) = await ReadAsync(
            async (services, token) =>
            {
                var catalogue = services.GetRequiredService<CaseTypeCatalogue>();
                var version = await catalogue.PublishedAsync("dibao", token);
                var required = (await catalogue.MaterialsAsync(version.Id, token)).Where(m => m.Required).Select(m => m.Code).ToList();
                return (await services.GetRequiredService<IBlobStore>().PutAsync(Scan, token), required);
            },
            cancellationToken);
        return [.. codes.Take(fate.Incomplete ? codes.Count - 1 : codes.Count).Select(c => new UploadedMaterial(c, scan, $"{c}.png", "image/png"))];
    }

    private async Task WorkAsync(DateOnly day, CancellationToken cancellationToken)
    {
        for (var round = 0; round < 3; round++)
        {
            var open = await OpenTasksAsync(cancellationToken);
            var done = 0;
            foreach (var task in open)
            {
                var its = cases[task.CaseId];
                if (!plannedFor.TryGetValue(task.Id, out var planned))
                {
                    planned = plannedFor[task.Id] = day.AddDays(DelayOf(task, its, day));
                }

                if (planned <= day && await office.DoAsync(task, its, cancellationToken))
                {
                    done++;
                }
            }

            if (done == 0)
            {
                return;
            }

            await RunDueAsync(cancellationToken);
        }
    }

    /// <summary>A quick step takes a day or two, a visit longer; in some cases everybody is slow.</summary>
    private int DelayOf(WorkTask task, DemoCase its, DateOnly day)
    {
        var usual = task.Step switch
        {
            "survey" => 2 + people.Random.Next(4),
            "correction" => 3 + people.Random.Next(8),
            "explain-differences" => 1 + people.Random.Next(5),
            "district-review" => 2 + people.Random.Next(5),
            "renewed-investigation" => 3 + people.Random.Next(5),
            "review-check" => 4 + people.Random.Next(12),
            "resume-payment" => its.Fate.StaysSuspended ? Never : 20 + people.Random.Next(30),
            _ => people.Random.Next(3),
        };
        return its.Fate.Slow ? usual * 4 : usual + Backlog(task, its, day);
    }

    /// <summary>In the last weeks one street is short of hands, so that a morning there begins with work, late work too.</summary>
    private int Backlog(WorkTask task, DemoCase its, DateOnly day) =>
        !task.ForCitizen && !(task.Step == "survey" && its.Index % 3 == 1) && its.Fate.Township == DemoOrganisation.Townships[3] && day >= DemoPlan.Today.AddDays(-36) ? 10 + people.Random.Next(24) : 0;

    private async Task<List<WorkTask>> OpenTasksAsync(CancellationToken cancellationToken)
    {
        var (open, facts) = await ReadAsync(
            async (services, token) =>
            {
                var work = services.GetRequiredService<IUnitOfWork>();
                var tasks = await work.Set<WorkTask>().AsNoTracking()
                    .Where(t => t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed)
                    .OrderBy(t => t.CreatedAt)
                    .ToListAsync(token);
                var ids = tasks.Select(t => t.CaseId).Distinct().ToList();
                var rows = await work.Set<Case>().AsNoTracking().Where(c => ids.Contains(c.Id))
                    .Select(c => new { c.Id, c.FactsRevision, c.ApplicantId }).ToListAsync(token);
                return (tasks, rows.ToDictionary(r => r.Id, r => (r.FactsRevision, r.ApplicantId)));
            },
            cancellationToken);
        foreach (var (id, (revision, applicant)) in facts)
        {
            (cases[id].FactsRevision, cases[id].ApplicantId) = (revision, applicant);
        }

        return open;
    }

    /// <summary>Neighbours object, applicants withdraw, households report changes.</summary>
    private async Task LiveOnAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var (notices, rows) = await ReadAsync(
            async (services, token) =>
            {
                var work = services.GetRequiredService<IUnitOfWork>();
                var running = await work.Set<PublicNotice>().AsNoTracking()
                    .Where(n => n.State == PublicNoticeState.Running && n.PostedOn < day && n.EndsOn > day).ToListAsync(token);
                var all = await work.Set<Case>().AsNoTracking()
                    .Where(c => c.Status == CaseStatus.InForce || c.Stage == "Investigating")
                    .Select(c => new { c.Id, c.Status, c.AcceptedOn, c.BenefitFrom }).ToListAsync(token);
                return (running, all.Select(c => (c.Id, c.Status, c.AcceptedOn, c.BenefitFrom)).ToList());
            },
            cancellationToken);
        var before = reported.Count;
        foreach (var notice in notices.Where(n => cases[n.CaseId].Fate.Disputed && disputed.Add(n.Id) && disputed.Count(d => d == n.Id) == 1))
        {
            if (reported.Add(notice.CaseId))
            {
                await ObjectAsync(notice, cancellationToken);
            }
        }

        foreach (var (id, status, accepted, from) in rows)
        {
            var its = cases[id];
            if (status == CaseStatus.Open && its.Fate.Withdrawn && accepted?.AddDays(4) <= day && reported.Add(id))
            {
                await intake.WithdrawAsync(await FilerAsync(its, cancellationToken), id, "家里情况好转，不再申请。", Guid.NewGuid(), cancellationToken);
            }
            else if (status == CaseStatus.InForce && its.Fate.ReportsChangeAfter is { } after && from?.FirstDay.AddDays(after) <= day && reported.Add(id))
            {
                var kind = its.Fate.Later switch { DemoLater.Moves => "move", DemoLater.Suspended => "account", _ => "income" };
                var report = new JsonObject { ["kind"] = kind, ["since"] = day.AddDays(-10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), ["text"] = kind switch { "move" => "户口已经迁走。", "account" => "银行退票。", _ => "收入有变化。" } };
                await intake.ReportChangeAsync(await FilerAsync(its, cancellationToken), id, report, Guid.NewGuid(), cancellationToken);
            }
        }

        if (reported.Count > before)
        {
            await RunDueAsync(cancellationToken);
        }
    }

    private Task<Actor> FilerAsync(DemoCase its, CancellationToken cancellationToken) =>
        its.CitizenAccount is not null
            ? accounts.ActorAsync(DemoAccounts.Citizen, cancellationToken)
            : accounts.ActorAsync($"{its.Fate.Township.Slug}-window", cancellationToken);

    private async Task ObjectAsync(PublicNotice notice, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PublicNoticeService>().ObjectAsync(
            Actor.System("public notice board"), notice.Id, "据了解其家庭有其他收入，请核实。", null, null, Guid.NewGuid(), cancellationToken);
    }

    private async Task<T> ReadAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("demo"));
        return await read(scope.ServiceProvider, cancellationToken);
    }
}
