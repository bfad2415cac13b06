using System.Text.Json.Nodes;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Staff.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>Reads a task with all that stands on its page, within the scope in force and under the post's mask.</summary>
internal sealed class TaskViewReader(
    IUnitOfWork work,
    ITaskService tasks,
    ICaseWorkflow workflow,
    CaseTypeCatalogue catalogue,
    CaseHeadReader heads,
    HouseholdReader households,
    LedgerReader ledgers,
    VerificationReader reports,
    DraftStore drafts,
    IBusinessClock clock)
{
    /// <summary>The field that names how often a benefit is looked at again.</summary>
    public const string ReviewClass = "reviewClass";

    private const string SecondPerson = "secondInvestigator";

    /// <summary>The page of a task; null where there is none or this person may not see it.</summary>
    public async Task<TaskView?> ReadAsync(Actor actor, Id<WorkTask> id, CancellationToken cancellationToken)
    {
        var task = await work.Set<WorkTask>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellationToken);
        if (task is null || await tasks.ActionsAsync(actor, id, cancellationToken) is not { } actions)
        {
            return null;
        }

        var file = await work.Set<Case>().AsNoTracking().FirstAsync(c => c.Id == task.CaseId, cancellationToken);
        var mask = actor.Scope.Mask;
        var household = await households.ReadAsync(file, mask, clock.Today, cancellationToken);
        var form = await FormAsync(task, cancellationToken) is { } schema
            ? FormOptions.Fill(schema, await OptionsAsync(actor, task, household, cancellationToken))
            : null;
        var economy = !mask.HasFlag(FieldMask.Economy);
        var (request, lines) = economy ? await reports.ReadAsync(file.Id, cancellationToken) : (null, []);
        var open = task.State is WorkTaskState.Ready or WorkTaskState.Claimed;
        var procedure = open ? await work.Set<Procedure>().AsNoTracking().FirstAsync(p => p.Id == task.ProcedureId, cancellationToken) : null;
        return new TaskView
        {
            Task = task,
            Head = await heads.ReadAsync(file, cancellationToken),
            Actions = actions,
            Household = household,
            Materials = await MaterialsAsync(file.Id, cancellationToken),
            Request = request,
            Verification = lines,
            Ledger = economy ? await ledgers.ReadAsync(file, cancellationToken) : null,
            Earlier = await EarlierAsync(task, household, economy, cancellationToken),
            Signed = await SignedAsync(task, household, economy, cancellationToken),
            Form = form is null ? null : form with { Children = [.. form.Children.Where(c => c.Property is not ("opinion" or "corrections"))] },
            OpinionInForm = form?.Children.Any(c => c.Property == "opinion") == true,
            Correctable = form?.Children.Any(c => c.Property == "corrections") == true
                ? await catalogue.MaterialsAsync(task.CaseTypeVersionId, cancellationToken)
                : [],
            ProposedClass = await ProposedClassAsync(task, form, cancellationToken),
            Draft = await DraftAsync(actor, task, form, household, cancellationToken),
            Returns = procedure is null ? [] : await workflow.ReturnTargetsAsync(procedure, cancellationToken),
            Colleagues = open ? await ColleaguesAsync(actor, task, cancellationToken) : [],
            TotalDueOn = file.DueOn,
        };
    }

    private async Task<SchemaField?> FormAsync(WorkTask task, CancellationToken cancellationToken)
    {
        var schema = task.FormKey is null ? null : await catalogue.FormSchemaAsync(task.CaseTypeVersionId, task.FormKey, cancellationToken);
        return schema is not null && JsonNode.Parse(schema) is JsonObject json ? FormSchema.Read(json) : null;
    }

    private async Task<List<Material>> MaterialsAsync(Id<Case> caseId, CancellationToken cancellationToken) =>
        await work.Set<Material>().AsNoTracking().Where(m => m.CaseId == caseId)
            .OrderBy(m => m.Received).ThenBy(m => m.Id).ToListAsync(cancellationToken);

    private async Task<EarlierStep?> SignedAsync(WorkTask task, HouseholdView household, bool economy, CancellationToken cancellationToken) =>
        await work.Set<WorkTask>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == task.SignsTaskId, cancellationToken) is { } signed
            ? await StepAsync(signed, household, economy, cancellationToken)
            : null;

    private async Task<List<EarlierStep>> EarlierAsync(WorkTask task, HouseholdView household, bool economy, CancellationToken cancellationToken)
    {
        var rows = await work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.CaseId == task.CaseId && t.State == WorkTaskState.Completed && t.Id != task.Id)
            .OrderByDescending(t => t.EndedAt).Take(8).ToListAsync(cancellationToken);
        var steps = new List<EarlierStep>();
        foreach (var row in rows)
        {
            steps.Add(await StepAsync(row, household, economy, cancellationToken));
        }

        return steps;
    }

    /// <summary>A step that was done, with names in the place of the ids that its form holds.</summary>
    private async Task<EarlierStep> StepAsync(WorkTask row, HouseholdView household, bool economy, CancellationToken cancellationToken)
    {
        var data = row.FormJson is not null && economy ? JsonNode.Parse(row.FormJson) as JsonObject : null;
        if (data is null || await FormAsync(row, cancellationToken) is not { } form)
        {
            return new EarlierStep(row, null, data);
        }

        var second = await work.Set<Account>().AsNoTracking().Where(a => a.Id == row.SecondPersonId)
            .Select(a => new FieldOption(a.Id.ToString(), a.DisplayName)).ToListAsync(cancellationToken);
        var members = Members(household);
        return new EarlierStep(row, FormOptions.Fill(form, property => property switch { SecondPerson => second, "person" => members, _ => null }), data);
    }

    private static List<FieldOption> Members(HouseholdView household) =>
        [new FieldOption("applicant", household.Head?.Name ?? ""), .. household.Members.Select(m => new FieldOption(m.PersonId.ToString(), m.Name))];

    private async Task<TaskDraft> DraftAsync(
        Actor actor, WorkTask task, SchemaField? form, HouseholdView household, CancellationToken cancellationToken)
    {
        if (await drafts.LoadAsync(actor, Purpose(task.Id), cancellationToken) is { } draft)
        {
            return new TaskDraft
            {
                Choice = FormReader.Shown(draft.Content["choice"]) is { Length: > 0 } choice ? choice : null,
                Comment = FormReader.Shown(draft.Content["comment"]),
                Data = draft.Content["form"] as JsonObject ?? [],
                SavedAt = draft.SavedAt,
            };
        }

        var before = await work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.ProcedureId == task.ProcedureId && t.Step == task.Step && t.Slot == task.Slot && t.FormJson != null && t.Id != task.Id)
            .OrderByDescending(t => t.CreatedAt).Select(t => t.FormJson).FirstOrDefaultAsync(cancellationToken);
        var data = before is null ? FindingsForm.Known(form, household, clock.Today) : JsonNode.Parse(before) as JsonObject ?? [];
        if (data[ReviewClass] is null && await ProposedClassAsync(task, form, cancellationToken) is { } proposed)
        {
            data[ReviewClass] = proposed;
        }

        return new TaskDraft { Data = data };
    }

    /// <summary>The review class that the last step before has chosen, where this one chooses it too; null where there is none.</summary>
    private async Task<string?> ProposedClassAsync(WorkTask task, SchemaField? form, CancellationToken cancellationToken)
    {
        if (form?.Children.FirstOrDefault(c => c.Property == ReviewClass) is not { } field)
        {
            return null;
        }

        var forms = await work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.ProcedureId == task.ProcedureId && t.State == WorkTaskState.Completed && t.Id != task.Id && t.FormJson != null)
            .OrderByDescending(t => t.EndedAt).Select(t => t.FormJson!).ToListAsync(cancellationToken);
        return forms.Select(f => FormReader.Shown((JsonNode.Parse(f) as JsonObject)?[ReviewClass])).FirstOrDefault(c => field.Options.Any(o => o.Value == c));
    }

    /// <summary>Choices that no schema can know: the members by their registry id, and who else serves in the office.</summary>
    private async Task<Func<string, IReadOnlyList<FieldOption>?>> OptionsAsync(
        Actor actor, WorkTask task, HouseholdView household, CancellationToken cancellationToken)
    {
        var recused = await work.Set<Recusal>().AsNoTracking().Where(r => r.CaseId == task.CaseId && r.LiftedAt == null).Select(r => r.AccountId).ToListAsync(cancellationToken);
        var colleagues = (await ColleaguesAsync(actor, task, cancellationToken)).Where(c => !recused.Contains(c.AccountId))
            .Select(c => new FieldOption(c.AccountId.ToString(), $"{c.Name}　{c.JobTitle}")).ToList();
        var members = household.Members.Select(m => new FieldOption(m.PersonId.ToString(), m.Name)).ToList();
        var communities = await CommunitiesAsync(cancellationToken);
        return property => property switch
        {
            SecondPerson => colleagues,
            "person" => members,
            "community" => communities,
            _ => null,
        };
    }

    /// <summary>All communities of the district, each with its township, for those asked for by their code.</summary>
    private async Task<List<FieldOption>> CommunitiesAsync(CancellationToken cancellationToken) =>
        await work.Set<OrganisationUnit>().AsNoTracking().Where(o => o.Level == OrganisationLevel.Community)
            .Join(work.Set<OrganisationUnit>(), o => o.ParentId, t => t.Id, (o, t) => new { o.Code, o.ShortName, Township = t.ShortName })
            .OrderBy(o => o.Code).Select(o => new FieldOption(o.Code, o.Township + "　" + o.ShortName)).ToListAsync(cancellationToken);

    /// <summary>Under which purpose the draft of a task is kept.</summary>
    public static string Purpose(Id<WorkTask> task) => $"task:{task}";

    private async Task<List<Colleague>> ColleaguesAsync(Actor actor, WorkTask task, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var posts = task.CandidatePosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => Enum.TryParse<PostKind>(p, out var kind) ? kind : (PostKind?)null).OfType<PostKind>().ToList();
        var holders = await work.Set<PostAssignment>()
            .Where(p => p.OrganisationId == task.OrganisationId && posts.Contains(p.Post) && p.ValidFrom <= today
                && (p.ValidTo == null || p.ValidTo >= today) && p.AccountId != actor.AccountId)
            .Join(work.Set<Account>().Where(a => !a.Disabled), p => p.AccountId, a => a.Id, (p, a) => new { a.Id, a.DisplayName, p.JobTitle })
            .ToListAsync(cancellationToken);
        return holders.DistinctBy(h => h.Id).Select(h => new Colleague(h.Id, h.DisplayName, h.JobTitle)).ToList();
    }
}
