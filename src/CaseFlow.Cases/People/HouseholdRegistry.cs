using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.People;

/// <summary>The rows that an application form became.</summary>
/// <param name="Applicant">The applicant.</param>
/// <param name="Household">The household.</param>
/// <param name="Persons">Reference in the form (<c>applicant</c>, <c>m1</c> ...) → person.</param>
public sealed record RegisteredHousehold(Person Applicant, Household Household, IReadOnlyDictionary<string, Person> Persons);

/// <summary>
/// Turns a form into rows of the registry: persons by ID number, household members, income, property, conditions. Older rows
/// are superseded, never changed. Acts in the current step.
/// </summary>
public sealed class HouseholdRegistry(IUnitOfWork work, ILocks locks, IBlindIndex index, IBusinessClock clock)
{
    private const string ApplicantRef = "applicant";

    /// <summary>Registers what an application form declares (see <c>docs/forms.md</c>).</summary>
    /// <exception cref="InvalidInputException">An ID number is wrong, or belongs to another name.</exception>
    public async Task<RegisteredHousehold> RegisterAsync(JsonObject form, Id<OrganisationUnit> community, CancellationToken cancellationToken)
    {
        var applicantJson = form["applicant"] as JsonObject ?? [];
        var persons = new Dictionary<string, Person>(StringComparer.Ordinal)
        {
            [ApplicantRef] = await PersonAsync("applicant", applicantJson, cancellationToken),
        };
        var members = form.Objects("members").ToList();
        for (var i = 0; i < members.Count; i++)
        {
            var reference = members[i].Text("ref") ?? $"m{i + 1}";
            if (!persons.TryAdd(reference, await PersonAsync($"members/{i}", members[i], cancellationToken)))
            {
                throw new InvalidInputException($"members/{i}/ref", "成员编号重复。");
            }
        }

        RefuseSamePersonTwice(persons);
        await locks.LockPersonsAsync(persons.Values.Select(p => p.Id).Order(), cancellationToken);
        var applicant = persons[ApplicantRef];
        TakeContact(applicant, applicantJson, community);
        var household = await HouseholdOfAsync(applicant, cancellationToken);
        await SupersedeAsync(household, [.. persons.Values.Select(p => p.Id)], cancellationToken);
        household.SinglePersonId = SinglePerson(form, persons);
        AddMember(household, applicant, applicantJson, HouseholdRelation.Self);
        foreach (var member in members)
        {
            var person = persons[member.Text("ref") ?? $"m{members.IndexOf(member) + 1}"];
            AddMember(household, person, member, Relation(member));
        }

        AddFacts(form, persons, FactSource.Declared);
        return new RegisteredHousehold(applicant, household, persons);
    }

    /// <summary>
    /// Replaces what is known of income and property of a household by what a survey or a settlement found. The form holds
    /// <c>incomes</c> and <c>property</c> like an application; persons are named by their registry id.
    /// </summary>
    /// <returns>Whether anything was recorded.</returns>
    public async Task<bool> RecordFindingsAsync(Id<Household> household, JsonObject findings, FactSource source, CancellationToken cancellationToken)
    {
        var incomes = findings.Objects("incomes").ToList();
        var property = findings["property"] as JsonObject;
        var obligors = findings["obligors"] as JsonArray;
        if (incomes.Count == 0 && property is null && obligors is null)
        {
            return false;
        }

        var ids = await CurrentMembersAsync(household, cancellationToken);
        var persons = await work.Set<Person>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id.ToString(), StringComparer.Ordinal, cancellationToken);
        var head = await work.Set<Household>().Where(h => h.Id == household).Select(h => h.HeadId).FirstAsync(cancellationToken);
        if (persons.TryGetValue(head.ToString(), out var applicant))
        {
            persons[ApplicantRef] = applicant;
        }

        if (incomes.Count > 0)
        {
            await SupersedeIncomesAsync(ids, cancellationToken);
        }

        if (property is not null)
        {
            await SupersedePropertyAsync(ids, cancellationToken);
        }

        if (obligors is not null)
        {
            await ReplaceObligorsAsync(household, findings, cancellationToken);
        }

        AddFacts(findings, persons, source);
        return true;
    }

    /// <summary>A member has died or has left, as a step's form says (<c>person</c>, <c>on</c>, <c>died</c>): the row ends with that day.</summary>
    /// <exception cref="InvalidInputException">The form names no member, or no day.</exception>
    public async Task EndMembershipAsync(Id<Household> household, JsonObject ended, CancellationToken cancellationToken)
    {
        if (!Id<Person>.TryParse(ended.Text("person"), out var person)
            || !DateOnly.TryParseExact(ended.Text("on"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on))
        {
            throw new InvalidInputException("memberEnded", "请选择家庭成员并填写日期。");
        }

        var row = await work.Set<HouseholdMember>()
            .FirstOrDefaultAsync(m => m.HouseholdId == household && m.PersonId == person && m.SupersededAt == null, cancellationToken)
            ?? throw new InvalidInputException("memberEnded/person", "此人不是该户的共同生活成员。");
        row.SupersededAt = clock.Now;
        work.Set<HouseholdMember>().Add(new HouseholdMember
        {
            HouseholdId = household,
            PersonId = person,
            Relation = row.Relation,
            Counts = row.Counts,
            NotCountedReason = row.NotCountedReason,
            ValidFrom = row.ValidFrom,
            ValidTo = on,
            KnownAt = clock.Now,
        });
        if (ended.Flag("died"))
        {
            var dead = await work.Set<Person>().FirstAsync(p => p.Id == person, cancellationToken);
            dead.DiedOn = on;
            dead.Revision++;
        }
    }

    /// <summary>The members as they are held true now.</summary>
    public async Task<IReadOnlyList<Id<Person>>> CurrentMembersAsync(Id<Household> household, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        return await work.Set<HouseholdMember>()
            .Where(m => m.HouseholdId == household && m.SupersededAt == null && (m.ValidTo == null || m.ValidTo >= today))
            .Select(m => m.PersonId)
            .ToListAsync(cancellationToken);
    }

    private async Task<Person> PersonAsync(string field, JsonObject json, CancellationToken cancellationToken)
    {
        if (!ResidentIdNumber.TryParse(json.Text("idNumber"), out var number, out var error))
        {
            throw new InvalidInputException($"{field}/idNumber", error!);
        }

        var name = (json.Text("name") ?? "").Trim();
        if (name.Length == 0)
        {
            throw new InvalidInputException($"{field}/name", "请填写姓名。");
        }

        var key = index.OfIdNumber(number!.Value);
        var known = work.Set<Person>().Local.FirstOrDefault(p => p.IdNumber == number.Value)
            ?? await work.Set<Person>().FirstOrDefaultAsync(p => p.IdNumberIndex == key, cancellationToken);
        if (known is null)
        {
            known = new Person { Name = name, IdNumber = number.Value, Gender = number.Gender, BirthDate = number.BirthDate };
            work.Set<Person>().Add(known);
        }
        else if (known.Name != name)
        {
            throw new InvalidInputException($"{field}/name", "姓名与身份证号不一致，请核对；确有更名的请到窗口办理。");
        }

        return known;
    }

    private static Id<Person>? SinglePerson(JsonObject form, Dictionary<string, Person> persons)
    {
        var reference = form.Text("singlePerson");
        return reference is null ? null
            : persons.TryGetValue(reference, out var person) ? person.Id
            : throw new InvalidInputException("singlePerson", "请选择为哪位家庭成员单独申请。");
    }

    private async Task ReplaceObligorsAsync(Id<Household> household, JsonObject findings, CancellationToken cancellationToken)
    {
        foreach (var older in await work.Set<SupportObligor>()
            .Where(o => o.HouseholdId == household && o.SupersededAt == null).ToListAsync(cancellationToken))
        {
            older.SupersededAt = clock.Now;
        }

        foreach (var obligor in findings.Objects("obligors"))
        {
            work.Set<SupportObligor>().Add(new SupportObligor
            {
                HouseholdId = household,
                Name = obligor.Text("name") ?? throw new InvalidInputException("obligors/name", "请填写义务人姓名。"),
                HouseholdMonthlyIncome = obligor.Yuan("householdMonthlyIncome") ?? Money.Zero,
                HouseholdMembers = Math.Max(1, obligor.Whole("householdMembers") ?? 1),
                PersonsToSupport = Math.Max(1, obligor.Whole("personsToSupport") ?? 1),
                SupportedHere = Math.Max(1, obligor.Whole("supportedHere") ?? 1),
                IsRecipient = obligor.Flag("isRecipient"),
                KnownAt = clock.Now,
            });
        }
    }

    private static void RefuseSamePersonTwice(Dictionary<string, Person> persons)
    {
        var twice = persons.GroupBy(p => p.Value.Id).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidInputException("members", $"“{twice.First().Value.Name}”填写了两次。");
        }
    }

    private static void TakeContact(Person applicant, JsonObject json, Id<OrganisationUnit> community)
    {
        applicant.Phone = json.Text("phone") ?? applicant.Phone;
        applicant.Email = json.Text("email") ?? applicant.Email;
        applicant.Address = json.Text("address") ?? applicant.Address;
        applicant.BankName = json.Text("bankName") ?? applicant.BankName;
        applicant.BankAccount = json.Text("bankAccount") ?? applicant.BankAccount;
        applicant.HukouOrganisationId = community;
        applicant.ElectronicDeliveryConsent = json.Flag("electronicDelivery");
        applicant.Revision++;
    }

    private async Task<Household> HouseholdOfAsync(Person head, CancellationToken cancellationToken)
    {
        var known = await work.Set<Household>().FirstOrDefaultAsync(h => h.HeadId == head.Id, cancellationToken);
        if (known is not null)
        {
            return known;
        }

        var household = new Household { HeadId = head.Id, CreatedAt = clock.Now };
        work.Set<Household>().Add(household);
        return household;
    }

    private async Task SupersedeAsync(Household household, List<Id<Person>> persons, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        foreach (var member in await work.Set<HouseholdMember>()
            .Where(m => m.HouseholdId == household.Id && m.SupersededAt == null).ToListAsync(cancellationToken))
        {
            member.SupersededAt = now;
        }

        await SupersedeIncomesAsync(persons, cancellationToken);
        await SupersedePropertyAsync(persons, cancellationToken);
        foreach (var condition in await work.Set<PersonCondition>()
            .Where(c => persons.Contains(c.PersonId) && c.SupersededAt == null).ToListAsync(cancellationToken))
        {
            condition.SupersededAt = now;
        }
    }

    private async Task SupersedeIncomesAsync(IReadOnlyList<Id<Person>> persons, CancellationToken cancellationToken)
    {
        foreach (var income in await work.Set<IncomeFact>()
            .Where(i => persons.Contains(i.PersonId) && i.SupersededAt == null).ToListAsync(cancellationToken))
        {
            income.SupersededAt = clock.Now;
        }
    }

    private async Task SupersedePropertyAsync(IReadOnlyList<Id<Person>> persons, CancellationToken cancellationToken)
    {
        foreach (var property in await work.Set<PropertyFact>()
            .Where(i => persons.Contains(i.PersonId) && i.SupersededAt == null).ToListAsync(cancellationToken))
        {
            property.SupersededAt = clock.Now;
        }
    }

    private void AddMember(Household household, Person person, JsonObject json, HouseholdRelation relation)
    {
        var absence = json.Text("absence");
        var reason = absence switch
        {
            "prison" => "服刑",
            "drugTreatment" => "强制隔离戒毒",
            "missing" => "宣告失踪",
            "clergy" => HouseholdMember.Clergy,
            _ => null,
        };
        work.Set<HouseholdMember>().Add(new HouseholdMember
        {
            HouseholdId = household.Id,
            PersonId = person.Id,
            Relation = relation,
            Counts = reason is null,
            NotCountedReason = reason,
            ValidFrom = clock.Today,
            KnownAt = clock.Now,
        });
        AddConditions(person, json, absence);
    }

    private void AddConditions(Person person, JsonObject json, string? absence)
    {
        if (json.Whole("disabilityGrade") is { } grade and >= 1 and <= 4)
        {
            AddCondition(person, PersonConditionKind.Disability, grade, json.Text("disabilityKind") ?? "");
        }

        AddIf(json.Flag("seriousIllness"), PersonConditionKind.SeriousIllness, json.Text("illness") ?? "");
        AddIf(json.Flag("fullTimeStudent"), PersonConditionKind.FullTimeStudent, "");
        AddIf(json.Flag("ableBodied"), PersonConditionKind.AbleBodied, "");
        AddIf(json.Flag("uncertainIncome"), PersonConditionKind.UncertainIncome, "");
        AddIf(absence == "prison", PersonConditionKind.Imprisoned, "");
        AddIf(absence == "drugTreatment", PersonConditionKind.CompulsoryDrugTreatment, "");
        AddIf(absence == "missing", PersonConditionKind.DeclaredMissing, "");

        void AddIf(bool holds, PersonConditionKind kind, string detail)
        {
            if (holds)
            {
                AddCondition(person, kind, null, detail);
            }
        }
    }

    private void AddCondition(Person person, PersonConditionKind kind, int? grade, string detail) =>
        work.Set<PersonCondition>().Add(new PersonCondition
        {
            PersonId = person.Id,
            Kind = kind,
            Grade = grade,
            Detail = detail,
            ValidFrom = clock.Today,
            KnownAt = clock.Now,
        });

    private void AddFacts(JsonObject form, IReadOnlyDictionary<string, Person> persons, FactSource source)
    {
        var position = 0;
        foreach (var income in form.Objects("incomes"))
        {
            var field = $"incomes/{position++}";
            if (!Enum.TryParse<IncomeKind>(income.Text("kind"), out var kind))
            {
                throw new InvalidInputException($"{field}/kind", "请选择收入类别。");
            }

            var amount = income.Yuan("amount") ?? throw new InvalidInputException($"{field}/amount", "请填写金额。");
            work.Set<IncomeFact>().Add(new IncomeFact
            {
                PersonId = PersonOf(income, field, persons).Id,
                Kind = kind,
                YearlyAmount = income.Text("period") == "month" ? amount * 12 : amount,
                Note = income.Text("note") ?? "",
                Source = source,
                ValidFrom = clock.Today,
                KnownAt = clock.Now,
            });
        }

        if (form["property"] is JsonObject property)
        {
            AddProperty(property, persons, source);
        }
    }

    private void AddProperty(JsonObject property, IReadOnlyDictionary<string, Person> persons, FactSource source)
    {
        var applicant = persons[ApplicantRef];
        var position = 0;
        foreach (var asset in property.Objects("financialAssets"))
        {
            var field = $"property/financialAssets/{position++}";
            Add(PersonOf(asset, field, persons), PropertyKind.FinancialAsset, asset.Yuan("amount") ?? Money.Zero, 1, exempt: false, asset.Text("note"));
        }

        if (property.Whole("dwellings") is { } dwellings and > 0)
        {
            Add(applicant, PropertyKind.Dwelling, Money.Zero, dwellings, exempt: false, null);
        }

        position = 0;
        foreach (var vehicle in property.Objects("vehicles"))
        {
            Add(PersonOf(vehicle, $"property/vehicles/{position++}", persons), PropertyKind.MotorVehicle, Money.Zero, 1, vehicle.Flag("exempt"), vehicle.Text("note"));
        }

        if (property.Flag("company"))
        {
            Add(applicant, PropertyKind.Company, Money.Zero, 1, exempt: false, null);
        }

        void Add(Person person, PropertyKind kind, Money amount, int count, bool exempt, string? note) =>
            work.Set<PropertyFact>().Add(new PropertyFact
            {
                PersonId = person.Id,
                Kind = kind,
                Amount = amount,
                Count = count,
                Exempt = exempt,
                Note = note ?? "",
                Source = source,
                ValidFrom = clock.Today,
                KnownAt = clock.Now,
            });
    }

    private static Person PersonOf(JsonObject json, string field, IReadOnlyDictionary<string, Person> persons) =>
        persons.GetValueOrDefault(json.Text("person") ?? ApplicantRef)
        ?? throw new InvalidInputException($"{field}/person", "请选择是哪位家庭成员。");

    private static HouseholdRelation Relation(JsonObject member) =>
        Enum.TryParse<HouseholdRelation>(member.Text("relation"), out var relation) ? relation : HouseholdRelation.Other;
}
