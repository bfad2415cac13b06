using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Documents;

/// <summary>
/// The model that every template of a case may read (<c>templates/common/document.model.json</c>): the case, the applicant, both bodies, the last
/// calculation, the opinions of the steps, wordings of the policy, and what the workflow adds. It never holds an ID, account
/// or telephone number of a person.
/// </summary>
public sealed class DocumentModels(IUnitOfWork work, IBusinessClock clock, PolicyDesk policy, BureauDirectory bureau, AssessmentService assessments, CaseTypeCatalogue catalogue, DocumentData documentData, DocumentOptions options)
{
    /// <summary>What people end a request with: a list of requests has its own signs between them and at its end.</summary>
    private static readonly char[] Ends = [' ', '　', '\n', '\r', '；', ';', '。', '.', '，', ',', '、'];

    /// <summary>Builds the model for one document.</summary>
    public async Task<JsonObject> BuildAsync(
        Case caseFile, Procedure? procedure, IssuedDocument document, OrganisationUnit issuer, JsonObject data, CancellationToken cancellationToken)
    {
        await work.SaveChangesAsync(cancellationToken);
        var manifest = await catalogue.ManifestAsync(caseFile.CaseTypeVersionId, cancellationToken);
        var township = await bureau.UnitAsync(caseFile.OrganisationId, cancellationToken);
        var community = caseFile.CommunityId is { } id ? await bureau.UnitAsync(id, cancellationToken) : null;
        var district = await bureau.DistrictAsync(cancellationToken);
        return new JsonObject
        {
            ["document"] = Document(document),
            ["caseFile"] = CaseOf(caseFile, manifest),
            ["applicant"] = await ApplicantAsync(caseFile, cancellationToken),
            ["members"] = await MembersAsync(caseFile, cancellationToken),
            ["issuer"] = Body(issuer),
            ["township"] = Body(township),
            ["community"] = community is null ? null : Body(community),
            ["district"] = Body(district),
            ["assessment"] = await AssessmentAsync(caseFile, cancellationToken),
            ["benefit"] = Benefit(caseFile),
            ["materials"] = await MaterialsAsync(caseFile, cancellationToken),
            ["notice"] = await NoticeAsync(caseFile, cancellationToken),
            ["opinions"] = await OpinionsAsync(procedure, cancellationToken),
            ["deadlines"] = await DeadlinesAsync(procedure, cancellationToken),
            ["texts"] = await TextsAsync(caseFile, cancellationToken),
            ["data"] = await DataAsync(caseFile, procedure, document, data, cancellationToken),
        };
    }

    private async Task<JsonObject> DataAsync(
        Case caseFile, Procedure? procedure, IssuedDocument document, JsonObject given, CancellationToken cancellationToken)
    {
        var data = await documentData.ForAsync(document.TemplateKey, caseFile, procedure, cancellationToken);
        foreach (var (name, value) in given)
        {
            data[name] = value?.DeepClone();
        }

        return data;
    }

    /// <summary>A date as documents write it: 2026年3月2日, no leading zeros.</summary>
    public static string Date(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");

    /// <summary>A month as documents write it: 2026年7月.</summary>
    public static string MonthText(Month month) => string.Create(CultureInfo.InvariantCulture, $"{month.Year}年{month.MonthOfYear}月");

    private static JsonObject Document(IssuedDocument document) => new()
    {
        ["title"] = document.Title,
        ["number"] = document.OfficialNumber,
        ["date"] = Date(document.IssuedOn),
        ["checkCode"] = document.CheckCode,
    };

    private static JsonObject CaseOf(Case caseFile, CaseTypeManifest manifest) => new()
    {
        ["number"] = caseFile.Number,
        ["typeName"] = manifest.Name.Zh,
        ["areaType"] = caseFile.AreaType == AreaType.Urban ? "城市" : "农村",
        ["submittedOn"] = Date(BusinessTime.DayOf(caseFile.SubmittedAt)),
        ["acceptedOn"] = caseFile.AcceptedOn is { } accepted ? Date(accepted) : null,
        ["dueOn"] = caseFile.DueOn is { } due ? Date(due) : null,
        ["officerRelative"] = caseFile.OfficerRelative,
        ["reviewClass"] = caseFile.ReviewClass,
    };

    private async Task<JsonObject> ApplicantAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var person = await work.Set<Person>().AsNoTracking().FirstAsync(p => p.Id == caseFile.ApplicantId, cancellationToken);
        return new JsonObject { ["name"] = person.Name, ["address"] = person.Address };
    }

    private async Task<JsonArray> MembersAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var members = await work.Set<HouseholdMember>().AsNoTracking()
            .Where(m => m.HouseholdId == caseFile.HouseholdId && m.SupersededAt == null && m.ValidTo == null)
            .Join(work.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => new { p.Name, m.Relation, m.Counts, m.NotCountedReason })
            .ToListAsync(cancellationToken);
        return
        [
            .. members.OrderBy(m => m.Relation).Select(m => (JsonNode)new JsonObject
            {
                ["name"] = m.Name,
                ["relation"] = RelationName(m.Relation),
                ["counts"] = m.Counts,
                ["reason"] = m.NotCountedReason,
            }),
        ];
    }

    private static string RelationName(HouseholdRelation relation) => relation switch
    {
        HouseholdRelation.Self => "本人",
        HouseholdRelation.Spouse => "配偶",
        HouseholdRelation.Child => "子女",
        HouseholdRelation.Parent => "父母",
        HouseholdRelation.Grandparent => "祖父母、外祖父母",
        HouseholdRelation.Grandchild => "孙子女、外孙子女",
        HouseholdRelation.Sibling => "兄弟姐妹",
        _ => "其他",
    };

    private static JsonObject Body(OrganisationUnit unit) => new()
    {
        ["name"] = unit.Name,
        ["shortName"] = unit.ShortName,
        ["phone"] = unit.Phone,
        ["address"] = unit.Address,
    };

    private async Task<JsonObject?> AssessmentAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var record = await assessments.LastAsync(caseFile.Id, cancellationToken);
        if (record is null)
        {
            return null;
        }

        return new JsonObject
        {
            ["eligible"] = record.Eligible,
            ["amount"] = record.Amount.ToString(),
            ["members"] = record.Members,
            ["monthlyIncome"] = new Money(record.YearlyIncomeFen / 12).ToString(),
            ["ground"] = GroundText(record.RefusalGround),
            ["asOf"] = Date(record.AsOf),
            ["lines"] = new JsonArray([.. AssessmentResult.ReadLines(record.LinesJson).Select(l => (JsonNode)new JsonObject
            {
                ["number"] = l.Number,
                ["item"] = l.Item,
                ["reason"] = l.Reason,
                ["amount"] = l.Amount?.ToString(),
            })]),
        };
    }

    private static string? GroundText(string? ground) => ground switch
    {
        "income" => "共同生活的家庭成员人均月收入不低于当地最低生活保障标准",
        "property" => "家庭财产状况不符合规定",
        "members" => "没有符合条件的共同生活的家庭成员",
        "single-person" => "不符合单独申请的条件",
        _ => ground,
    };

    private static JsonObject Benefit(Case caseFile) => new()
    {
        ["amount"] = caseFile.MonthlyAmount?.ToString(),
        ["from"] = caseFile.BenefitFrom is { } from ? MonthText(from) : null,
        ["to"] = caseFile.BenefitTo is { } to ? MonthText(to) : null,
    };

    private async Task<JsonArray> MaterialsAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var materials = await work.Set<Material>().AsNoTracking().Where(m => m.CaseId == caseFile.Id && m.Code != Material.SurveyPhoto).OrderBy(m => m.Id).ToListAsync(cancellationToken);
        return
        [
            .. materials.GroupBy(m => (m.Name, m.Received)).Select(paper => (JsonNode)new JsonObject
            {
                ["name"] = paper.Count() > 1 ? $"{paper.Key.Name}（{paper.Count()}份）" : paper.Key.Name,
                ["received"] = paper.Key.Received,
                ["request"] = paper.Select(m => m.CorrectionRequest).FirstOrDefault(r => r is not null)?.TrimEnd(Ends),
            }),
        ];
    }

    private async Task<JsonObject?> NoticeAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var notice = await work.Set<PublicNotice>().AsNoTracking()
            .Where(n => n.CaseId == caseFile.Id).OrderByDescending(n => n.Id).FirstOrDefaultAsync(cancellationToken);
        return notice is null
            ? null
            : new JsonObject
            {
                ["postedOn"] = Date(notice.PostedOn),
                ["endsOn"] = Date(notice.EndsOn),
                ["members"] = notice.Members,
                ["amount"] = notice.ProposedAmount?.ToString(),
                ["phone"] = notice.ReportingPhone,
            };
    }

    private async Task<JsonArray> OpinionsAsync(Procedure? procedure, CancellationToken cancellationToken)
    {
        if (procedure is null)
        {
            return [];
        }

        var tasks = await work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.ProcedureId == procedure.Id && t.State == WorkTaskState.Completed)
            .OrderBy(t => t.EndedAt)
            .ToListAsync(cancellationToken);
        return
        [
            .. tasks.Select(t => (JsonNode)new JsonObject
            {
                ["step"] = t.Step,
                ["name"] = t.Name,
                ["by"] = t.CompletedAs,
                ["outcome"] = OutcomeNames.Of(t.Outcome ?? ""),
                ["comment"] = t.Comment,
                ["on"] = t.EndedAt is { } at ? Date(BusinessTime.DayOf(at)) : null,
                ["form"] = t.FormJson is { } form ? JsonNode.Parse(form) : null,
            }),
        ];
    }

    private async Task<JsonObject> DeadlinesAsync(Procedure? procedure, CancellationToken cancellationToken)
    {
        var result = new JsonObject();
        if (procedure is null)
        {
            return result;
        }

        var rows = await work.Set<Deadline>().AsNoTracking().Where(d => d.ProcedureId == procedure.Id).OrderBy(d => d.Id).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            result[row.RuleKey.Replace('.', '_')] = Date(row.DueOn);
        }

        return result;
    }

    private async Task<JsonObject> TextsAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var book = await policy.BookAsync(cancellationToken);
        var day = clock.Today;
        return new JsonObject
        {
            ["remedies"] = book.Text($"remedies.{caseFile.CaseType}", day),
            ["basisGrant"] = book.Text($"basis.{caseFile.CaseType}.grant", day),
            ["basisRefusal"] = book.Text($"basis.{caseFile.CaseType}.refusal", day),
            ["basisStop"] = book.Text($"basis.{caseFile.CaseType}.stop", day),
            ["districtName"] = book.Text("district.name", day),
            ["checkAddress"] = options.CheckAddress,
            ["sealRemark"] = options.SealRemark,
        };
    }
}
