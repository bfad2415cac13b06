using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <inheritdoc cref="IIntakeService"/>
internal sealed class IntakeService(IStepRunner steps) : IIntakeService
{
    /// <inheritdoc/>
    public Task<SubmissionReceipt> SubmitAsync(Actor actor, ApplicationRequest request, CancellationToken cancellationToken) =>
        steps.RunOnAsync<IntakeStep, SubmissionReceipt>(
            new Step("intake.submit", actor, request.OperationId),
            (step, token) => step.SubmitAsync(actor, request, token),
            cancellationToken);

    /// <inheritdoc/>
    public Task WithdrawAsync(Actor actor, Id<Case> caseId, string reason, Guid operationId, CancellationToken cancellationToken) =>
        steps.RunOnAsync<WithdrawalStep, bool>(
            new Step("intake.withdraw", actor, operationId),
            (step, token) => step.WithdrawAsync(actor, caseId, reason, token),
            cancellationToken);

    /// <inheritdoc/>
    public Task TerminateAsync(Actor actor, Id<Case> caseId, string reason, Guid operationId, CancellationToken cancellationToken) =>
        steps.RunOnAsync<WithdrawalStep, bool>(
            new Step("intake.terminate", actor, operationId),
            (step, token) => step.TerminateAsync(actor, caseId, reason, token),
            cancellationToken);

    /// <inheritdoc/>
    public Task ReportChangeAsync(Actor actor, Id<Case> caseId, JsonObject report, Guid operationId, CancellationToken cancellationToken) =>
        steps.RunOnAsync<ChangeReportStep, bool>(
            new Step("intake.change-report", actor, operationId),
            (step, token) => step.ReportAsync(actor, caseId, report, token),
            cancellationToken);
}

/// <summary>One submission, inside its step.</summary>
internal sealed class IntakeStep(
    IUnitOfWork work,
    ILocks locks,
    IAuditTrail audit,
    IBusinessClock clock,
    CaseTypeCatalogue catalogue,
    HouseholdRegistry registry,
    FormValidator validator,
    ICaseWorkflow workflow)
{
    /// <summary>Full age by the Civil Code, from which a person signs for herself.</summary>
    private const int AdultAge = 18;

    public async Task<SubmissionReceipt> SubmitAsync(Actor actor, ApplicationRequest request, CancellationToken cancellationToken)
    {
        PlainText.Require(request.Form);
        var version = await catalogue.PublishedAsync(request.CaseType, cancellationToken);
        var manifest = await catalogue.ManifestAsync(version.Id, cancellationToken);
        await validator.CheckAsync(version.FormSchemaJson, request.Form, cancellationToken);
        FormVocabulary.Require(request.Form);
        var community = await CommunityAsync(request.Form, cancellationToken);
        RequireMayFile(actor, request, community);
        HouseholdPlausibility.Check(request.Form, clock.Today);
        RequireConsents(request.Form);

        var caseFile = new Case { CaseType = request.CaseType, CaseTypeVersionId = version.Id, CommunityId = community.Id };
        await locks.LockCaseAsync(caseFile.Id, cancellationToken);
        var registered = await registry.RegisterAsync(actor, request.Form, community.Id, cancellationToken);
        await RefuseSecondCaseAsync(actor, request.CaseType, registered, cancellationToken);
        await RequireOwnOrAgentAsync(actor, request.Form, registered.Applicant, cancellationToken);
        await FillAsync(caseFile, actor, request, manifest, community, registered, cancellationToken);
        work.Set<Case>().Add(caseFile);
        AddSnapshot(caseFile, request.Form, actor, registered);
        await AddMaterialsAsync(caseFile, request.Uploads, version.Id, cancellationToken);
        await audit.AppendAsync(caseFile.Id, actor, "case.submit", Details(caseFile, request), cancellationToken);
        await work.SaveChangesAsync(cancellationToken);

        var spine = await workflow.StartAsync(caseFile, "spine", "application", [], cancellationToken);
        caseFile.SpineInstanceId = spine.Id.ToString();
        await work.SaveChangesAsync(cancellationToken);
        return new SubmissionReceipt(caseFile.Id, caseFile.Number, caseFile.SubmittedAt);
    }

    private async Task<OrganisationUnit> CommunityAsync(JsonObject form, CancellationToken cancellationToken)
    {
        var code = (form["applicant"] as JsonObject)?.Text("hukouCommunity");
        var community = await work.Set<OrganisationUnit>()
            .FirstOrDefaultAsync(o => o.Code == code && o.Level == OrganisationLevel.Community, cancellationToken);
        return community is { ParentId: not null }
            ? community
            : throw new InvalidInputException("applicant/hukouCommunity", "请选择户籍所在的社区（村）。不在本区的，请向户籍所在地申请。");
    }

    private static void RequireMayFile(Actor actor, ApplicationRequest request, OrganisationUnit community)
    {
        if (actor.Kind == ActorKind.System || (actor.Kind == ActorKind.Citizen && request.Channel == "online"))
        {
            return;
        }

        var mayFile = actor.Posts.Any(p =>
            (p.OrganisationId == community.ParentId && (p.Post is PostKind.WindowClerk or PostKind.CaseHandler))
            || (p.OrganisationId == community.Id && p.Post == PostKind.CommunityAssistant)
            || (p.Level == OrganisationLevel.District && p.Post == PostKind.WindowClerk));
        if (!mayFile)
        {
            throw new RefusedException("post", "申请由户籍所在街道（乡镇）窗口或社区（村）代为提交，您的岗位不能在这里代办。");
        }
    }

    private void RequireConsents(JsonObject form)
    {
        if (!form.Flag("commitment"))
        {
            throw new InvalidInputException("commitment", "请阅读并同意承诺书。");
        }

        RequireSignedInTime(form);
        var consented = form.Objects("consents").Where(c => c.Flag("verification")).Select(c => c.Text("person")).ToHashSet(StringComparer.Ordinal);
        var bornBefore = clock.Today.AddYears(-AdultAge);
        var people = form.Objects("members")
            .Select((member, i) => (Reference: member.Text("ref") ?? $"m{i + 1}", Json: member))
            .Append((Reference: "applicant", Json: form["applicant"] as JsonObject ?? []));
        foreach (var (reference, json) in people)
        {
            var missing = !consented.Contains(reference)
                && ResidentIdNumber.TryParse(json.Text("idNumber"), out var number, out _)
                && number!.BirthDate <= bornBefore;
            if (missing)
            {
                throw new InvalidInputException("consents", $"每名成年家庭成员都要签署核对授权书，还缺“{json.Text("name")}”。");
            }
        }
    }

    /// <summary>An authorisation that is signed tomorrow authorises nothing today.</summary>
    private void RequireSignedInTime(JsonObject form)
    {
        foreach (var signedOn in form.Objects("consents").Select(c => c.Text("signedOn")).OfType<string>())
        {
            if (!DateOnly.TryParseExact(signedOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                || day > clock.Today)
            {
                throw new InvalidInputException("consents", "核对授权书的签署日期不能晚于今天。");
            }
        }
    }

    /// <summary>
    /// One case of a kind for a household. Whether somebody has one is nobody's business but theirs: a citizen whose identity
    /// is not proved, and who filed none of it, reads neither number nor reason.
    /// </summary>
    private async Task RefuseSecondCaseAsync(Actor actor, string caseType, RegisteredHousehold registered, CancellationToken cancellationToken)
    {
        var persons = registered.Persons.Values.Select(p => p.Id).ToList();
        var applicants = await work.Set<Case>()
            .Where(c => c.CaseType == caseType && (c.Status == CaseStatus.Open || c.Status == CaseStatus.InForce) && persons.Contains(c.ApplicantId))
            .Select(c => c.Number)
            .FirstOrDefaultAsync(cancellationToken);
        var households = await work.Set<HouseholdMember>()
            .Where(m => persons.Contains(m.PersonId) && m.SupersededAt == null && m.ValidTo == null && m.HouseholdId != registered.Household.Id)
            .Select(m => (Id<Household>?)m.HouseholdId)
            .ToListAsync(cancellationToken);
        var number = applicants ?? await work.Set<Case>()
            .Where(c => c.CaseType == caseType && (c.Status == CaseStatus.Open || c.Status == CaseStatus.InForce) && households.Contains(c.HouseholdId))
            .Select(c => c.Number)
            .FirstOrDefaultAsync(cancellationToken);
        if (number is not null)
        {
            var ownMatter = actor.Kind != ActorKind.Citizen
                || (actor.PersonId is { } own && persons.Contains(own))
                || await work.Set<Case>().AnyAsync(c => c.Number == number && c.FiledBy == actor.AccountId, cancellationToken);
            if (!ownMatter)
            {
                throw new RefusedException("counter-needed", "这份申请不能在网上提交。请带身份证到户籍所在街道（乡镇）的窗口办理。");
            }

            throw new RefusedException("open-case", $"申请人或家庭成员已有办理中或在保的同类办件（{number}），不能重复申请。");
        }
    }

    /// <summary>
    /// Who applies for somebody else names the agent. Filing binds no account to a person: a name and a number prove nobody's
    /// identity, or the account would come to see cases of that person which others filed. The case stays visible to whoever
    /// filed it.
    /// </summary>
    private async Task RequireOwnOrAgentAsync(Actor actor, JsonObject form, Person applicant, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Citizen || form["agent"] is JsonObject)
        {
            return;
        }

        var account = await work.Set<Account>().FirstAsync(a => a.Id == actor.AccountId, cancellationToken);
        var another = account.PersonId is { } person ? person != applicant.Id : account.IdNumber is { } declared && declared != applicant.IdNumber;
        if (another)
        {
            throw new InvalidInputException("agent", "替他人申请的，请填写代理人信息并上传委托书。");
        }
    }

    private async Task FillAsync(
        Case caseFile, Actor actor, ApplicationRequest request, CaseTypeManifest manifest, OrganisationUnit community, RegisteredHousehold registered, CancellationToken cancellationToken)
    {
        var district = await work.Set<OrganisationUnit>().FirstAsync(o => o.Level == OrganisationLevel.District, cancellationToken);
        var number = await locks.NextNumberAsync(district.Code, manifest.NumberPrefix, clock.Today.Year, cancellationToken);
        caseFile.Number = string.Create(CultureInfo.InvariantCulture, $"{manifest.NumberPrefix}-{district.Code}-{clock.Today.Year}-{number:D6}");
        caseFile.ApplicantId = registered.Applicant.Id;
        caseFile.ApplicantName = registered.Applicant.Name;
        caseFile.HouseholdId = registered.Household.Id;
        caseFile.OrganisationId = community.ParentId!.Value;
        caseFile.AreaType = community.AreaType;
        caseFile.Stage = "Submitted";
        caseFile.Status = CaseStatus.Open;
        caseFile.Sensitive = manifest.Sensitive;
        caseFile.OfficerRelative = (request.Form["relatives"] as JsonObject)?.Flag("officerRelative") ?? false;
        caseFile.Channel = request.Channel;
        caseFile.FiledBy = actor.AccountId;
        caseFile.SubmittedAt = clock.Now;
    }

    private void AddSnapshot(Case caseFile, JsonObject form, Actor actor, RegisteredHousehold registered)
    {
        var copy = (JsonObject)form.DeepClone();
        Depersonalise(copy["applicant"] as JsonObject, registered.Applicant);
        foreach (var (member, i) in copy.Objects("members").Select((m, i) => (m, i)).ToList())
        {
            Depersonalise(member, registered.Persons[member.Text("ref") ?? $"m{i + 1}"]);
        }

        Depersonalise(copy["agent"] as JsonObject, null);
        work.Set<FormSnapshot>().Add(new FormSnapshot
        {
            CaseId = caseFile.Id,
            Form = "application",
            DataJson = copy.ToJsonString(CaseJson.Options),
            SubmittedAt = clock.Now,
            SubmittedBy = actor.AccountId,
        });
    }

    private static void Depersonalise(JsonObject? json, Person? person)
    {
        if (json is null)
        {
            return;
        }

        foreach (var name in new[] { "idNumber", "phone", "bankAccount" })
        {
            json.Remove(name);
        }

        if (person is not null)
        {
            json["personId"] = person.Id.ToString();
        }
    }

    private async Task AddMaterialsAsync(
        Case caseFile, IReadOnlyList<UploadedMaterial> uploads, Id<CaseTypeVersion> version, CancellationToken cancellationToken)
    {
        var requirements = await catalogue.MaterialsAsync(version, cancellationToken);
        var hashes = uploads.Select(u => u.BlobHash).Distinct().ToList();
        var staged = await work.Set<Blob>().Where(b => hashes.Contains(b.Hash)).Select(b => b.Hash).ToListAsync(cancellationToken);
        foreach (var upload in uploads)
        {
            var requirement = requirements.FirstOrDefault(r => r.Code == upload.Code)
                ?? throw new InvalidInputException("uploads", "没有这种材料。");
            if (!staged.Contains(upload.BlobHash))
            {
                throw new InvalidInputException("uploads", $"“{requirement.Name.Zh}”没有上传成功，请重新上传。");
            }

            work.Set<Material>().Add(Paper(caseFile, requirement, upload));
        }

        foreach (var missing in requirements.Where(r => r.Required && uploads.All(u => u.Code != r.Code)))
        {
            work.Set<Material>().Add(Paper(caseFile, missing, null));
        }
    }

    private Material Paper(Case caseFile, MaterialRequirement requirement, UploadedMaterial? upload) => new()
    {
        CaseId = caseFile.Id,
        Code = requirement.Code,
        Name = requirement.Name.Zh,
        Received = upload is not null,
        BlobHash = upload?.BlobHash,
        FileName = upload?.FileName,
        ContentType = upload?.ContentType,
        ReceivedAt = upload is null ? null : clock.Now,
    };

    private static JsonObject Details(Case caseFile, ApplicationRequest request) => new()
    {
        ["number"] = caseFile.Number,
        ["channel"] = request.Channel,
        ["uploads"] = request.Uploads.Count,
        ["agent"] = request.Form["agent"] is JsonObject,
        ["officerRelative"] = caseFile.OfficerRelative,
    };
}
