using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Checks;

/// <summary>Expectations about the case itself: stage, dates, amounts, notice, review, authority.</summary>
internal static class CaseChecks
{
    public static async Task CheckAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        await CaseAsync(world, caseId, expect, differences);
        await NoticeAsync(world, caseId, expect, differences);
        await PublicationAsync(world, caseId, expect, differences);
        await AssessmentAsync(world, caseId, expect, differences);
        await BenefitAsync(world, caseId, expect, differences);
        await LedgerAsync(world, caseId, expect, differences);
        await ReviewAsync(world, caseId, expect, differences);
        await ProceduresAsync(world, caseId, expect, differences);
        await DeadlinesAsync(world, caseId, expect, differences);
        await AuthorityAsync(world, caseId, expect, differences);
    }

    private static async Task CaseAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        var row = await world.ReadAsync(work => work.Set<Case>().AsNoTracking().FirstAsync(c => c.Id == caseId));
        differences.Compare(expect, "number", row.Number);
        await StageAsync(world, row.CaseTypeVersionId, expect);
        differences.Compare(expect, "stage", row.Stage);
        differences.Compare(expect, "status", row.Status);
        differences.Compare(expect, "acceptedOn", row.AcceptedOn);
        differences.Compare(expect, "dueOn", row.DueOn);
        differences.Compare(expect, "amount", row.MonthlyAmount);
        differences.Compare(expect, "benefitFrom", row.BenefitFrom);
        differences.Compare(expect, "benefitTo", row.BenefitTo);
        differences.Compare(expect, "reviewClass", row.ReviewClass);
        differences.Compare(expect, "officerRelative", row.OfficerRelative);
        differences.Compare(expect, "area", row.AreaType);
    }

    /// <summary>A misspelt stage is told as such.</summary>
    private static async Task StageAsync(ScenarioWorld world, Id<CaseTypeVersion> version, YamlMap expect)
    {
        if (expect.Text("stage") is { } stage)
        {
            var manifest = await world.Host.ReadAsync<CaseTypeCatalogue, CaseTypeManifest>(catalogue => catalogue.ManifestAsync(version, CancellationToken.None));
            var known = manifest.Stages.Select(s => s.Id).ToList();
            if (!known.Contains(stage, StringComparer.Ordinal))
            {
                throw expect.Error($"there is no stage '{stage}'. Stages: {string.Join(", ", known)}.");
            }
        }
    }

    private static async Task NoticeAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        if (expect.Text("notice") == "none")
        {
            var count = await world.ReadAsync(work => work.Set<PublicNotice>().CountAsync(n => n.CaseId == caseId));
            Require(count == 0, expect, differences, "there should be no public notice");
            return;
        }

        if (expect.Map("notice") is not { } wanted)
        {
            return;
        }

        var notice = await world.ReadAsync(work => work.Set<PublicNotice>().AsNoTracking().Where(n => n.CaseId == caseId)
            .OrderByDescending(n => n.PostedOn).ThenByDescending(n => n.Id).FirstOrDefaultAsync());
        Require(notice is not null, wanted, differences, "there should be a public notice");
        differences.Compare(wanted, "state", notice?.State);
        differences.Compare(wanted, "name", notice?.MaskedName);
        differences.Compare(wanted, "members", notice?.Members);
        differences.Compare(wanted, "amount", notice?.ProposedAmount);
        differences.Compare(wanted, "postedOn", notice?.PostedOn);
        differences.Compare(wanted, "endsOn", notice?.EndsOn);
        wanted.Done();
    }

    private static async Task PublicationAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        if (!expect.Has("publication"))
        {
            return;
        }

        var publication = await world.ReadAsync(work => work.Set<StandingPublication>().AsNoTracking().Where(p => p.CaseId == caseId)
            .OrderByDescending(p => p.PostedOn).FirstOrDefaultAsync());
        if (expect.Text("publication") == "none")
        {
            Require(publication is null, expect, differences, "nothing should have been published");
            return;
        }

        var wanted = expect.Map("publication")!;
        Require(publication is not null, wanted, differences, "the grant should have been published");
        differences.Compare(wanted, "name", publication?.MaskedName);
        differences.Compare(wanted, "members", publication?.Members);
        differences.Compare(wanted, "amount", publication?.Amount);
        differences.Compare(wanted, "postedOn", publication?.PostedOn);
        differences.Compare(wanted, "refreshedOn", publication?.RefreshedOn);
        differences.Compare(wanted, "removedOn", publication?.RemovedOn);
        wanted.Done();
    }

    private static async Task AssessmentAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        if (expect.Map("assessment") is not { } wanted)
        {
            return;
        }

        var record = await world.ReadAsync(work => work.Set<AssessmentRecord>().AsNoTracking().Where(a => a.CaseId == caseId)
            .OrderByDescending(a => a.At).FirstOrDefaultAsync());
        Require(record is not null, wanted, differences, "there should be an assessment");
        differences.Compare(wanted, "eligible", record?.Eligible);
        differences.Compare(wanted, "amount", record?.Amount);
        differences.Compare(wanted, "members", record?.Members);
        differences.Compare(wanted, "ground", record?.RefusalGround);
        differences.Compare(wanted, "yearlyIncome", record is null ? null : new Money(record.YearlyIncomeFen));
        differences.Contains(wanted, "the arithmetic", record?.LinesJson ?? "");
        wanted.Done();
    }

    private static async Task BenefitAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        if (!expect.Has("benefit"))
        {
            return;
        }

        var terms = await world.ReadAsync(work => work.Set<BenefitTerm>().AsNoTracking().Where(t => t.CaseId == caseId).ToListAsync());
        var ordered = terms.OrderBy(term => term.From).ThenBy(term => term.Id).ToList();
        var wanted = expect.Maps("benefit");
        Require(wanted.Count == ordered.Count, expect, differences, $"benefit should have {wanted.Count} terms and has {ordered.Count}");
        foreach (var (item, term) in wanted.Zip(ordered))
        {
            differences.Compare(item, "from", term.From);
            differences.Compare(item, "to", term.To);
            differences.Compare(item, "amount", term.MonthlyAmount);
            item.Done();
        }
    }

    private static async Task LedgerAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        if (!expect.Has("ledger"))
        {
            return;
        }

        var entries = await world.ReadAsync(work => work.Set<BenefitEntry>().AsNoTracking().Where(e => e.CaseId == caseId).ToListAsync());
        var found = entries.OrderBy(entry => entry.At).ThenBy(entry => entry.Month).Select(entry => $"{entry.Month} {entry.Kind} {entry.Amount}").ToList();
        var wanted = expect.Texts("ledger").ToList();
        Require(wanted.SequenceEqual(found, StringComparer.Ordinal), expect, differences, $"ledger should be [{string.Join("; ", wanted)}] and is [{string.Join("; ", found)}]");
    }

    private static async Task ReviewAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        if (expect.Map("review") is not { } wanted)
        {
            return;
        }

        var rows = await world.ReadAsync(work => work.Set<ReviewSchedule>().AsNoTracking().Where(r => r.CaseId == caseId).ToListAsync());
        var review = rows.OrderByDescending(row => row.DueMonth).FirstOrDefault();
        Require(review is not null, wanted, differences, "a review should be scheduled");
        differences.Compare(wanted, "class", review?.ReviewClass);
        differences.Compare(wanted, "due", review?.DueMonth);
        differences.Compare(wanted, "starts", review?.StartsOn);
        differences.Compare(wanted, "conclusion", review?.Conclusion);
        differences.Compare(wanted, "begun", review?.ProcedureId is not null);
        differences.Compare(wanted, "count", rows.Count);
        wanted.Done();
    }

    private static async Task ProceduresAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        var procedures = await world.ReadAsync(work => work.Set<Procedure>().AsNoTracking().Where(p => p.CaseId == caseId).ToListAsync());
        foreach (var wanted in expect.Maps("procedures"))
        {
            var kind = wanted.Required("kind");
            var found = procedures.Where(procedure => procedure.Kind == kind).MaxBy(procedure => procedure.StartedAt);
            Require(found is not null, wanted, differences, $"a procedure '{kind}' should have been started");
            differences.Compare(wanted, "state", found?.State);
            differences.Compare(wanted, "result", found?.Result);
            differences.Compare(wanted, "returns", found?.Returns);
            wanted.Done();
        }
    }

    private static async Task DeadlinesAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        var rows = await world.ReadAsync(work => work.Set<Deadline>().AsNoTracking().Where(d => d.CaseId == caseId).ToListAsync());
        foreach (var wanted in expect.Maps("deadlines"))
        {
            var rule = wanted.Required("rule");
            var found = rows.Where(row => row.RuleKey == rule).MaxBy(row => row.Id);
            Require(found is not null, wanted, differences, $"a deadline '{rule}' should run");
            differences.Compare(wanted, "startedOn", found?.StartedOn);
            differences.Compare(wanted, "due", found?.DueOn);
            differences.Compare(wanted, "state", found?.State);
            differences.Compare(wanted, "extendedTo", found?.ExtendedTo);
            differences.Compare(wanted, "provisional", found?.Provisional);
            wanted.Done();
        }
    }

    private static async Task AuthorityAsync(ScenarioWorld world, Id<Case> caseId, YamlMap expect, Differences differences)
    {
        if (expect.Map("authority") is not { } wanted)
        {
            return;
        }

        var last = await world.ReadAsync(work => work.Set<AuthorityEvaluation>().AsNoTracking().Where(e => e.CaseId == caseId)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).FirstOrDefaultAsync());
        Require(last is not null, wanted, differences, "the delegation table should have been asked");
        differences.Compare(wanted, "rule", last?.RuleCode);
        differences.Compare(wanted, "purpose", last?.Purpose);
        differences.Contains(wanted, "the route", last?.RouteJson ?? "");
        wanted.Done();
    }

    private static void Require(bool holds, YamlMap map, Differences differences, string message)
    {
        if (!holds)
        {
            differences.Add(map.Place, message);
        }
    }
}
