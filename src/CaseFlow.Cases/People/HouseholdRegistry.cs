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
/// Turns a form into rows of the registry: persons by ID number, household members, conditions; what they have and earn goes
/// to the <see cref="EconomicRegistry"/>. Older rows are superseded, never changed. Acts in the current step.
/// </summary>
public sealed class HouseholdRegistry(IUnitOfWork work, ILocks locks, IBlindIndex index, IBusinessClock clock, EconomicRegistry economy)
{
    private const string ApplicantRef = EconomicRegistry.ApplicantRef;

    /// <summary>
    /// Registers what an application form declares (see <c>docs/forms.md</c>). Contact and bank account of a person whom the
    /// registry knows already are taken only at a counter or from that person's own proved account: an application online may
    /// be filed in anybody's name.
    /// </summary>
    /// <exception cref="InvalidInputException">An ID number is wrong, or belongs to another name.</exception>
    public async Task<RegisteredHousehold> RegisterAsync(
        Actor filer, JsonObject form, Id<OrganisationUnit> community, CancellationToken cancellationToken)
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
        if (filer.Kind != ActorKind.Citizen || filer.PersonId == applicant.Id || IsNew(applicant))
        {
            TakeContact(applicant, applicantJson, community);
        }

        var household = await HouseholdOfAsync(applicant, cancellationToken);
        await SupersedeAsync(household, [.. persons.Values.Select(p => p.Id)], cancellationToken);
        household.SinglePersonId = SinglePerson(form, persons);
        AddMember(household, applicant, applicantJson, HouseholdRelation.Self);
        foreach (var member in members)
        {
            var person = persons[member.Text("ref") ?? $"m{members.IndexOf(member) + 1}"];
            AddMember(household, person, member, Relation(member));
        }

        economy.Add(form, persons, FactSource.Declared);
        return new RegisteredHousehold(applicant, household, persons);
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

    private static void RefuseSamePersonTwice(Dictionary<string, Person> persons)
    {
        var twice = persons.GroupBy(p => p.Value.Id).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidInputException("members", $"“{twice.First().Value.Name}”填写了两次。");
        }
    }

    /// <summary>The look-up index is set when a person is first saved.</summary>
    private static bool IsNew(Person person) => person.IdNumberIndex.Length == 0;

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

        await economy.SupersedeIncomesAsync(persons, cancellationToken);
        await economy.SupersedePropertyAsync(persons, cancellationToken);
        foreach (var condition in await work.Set<PersonCondition>()
            .Where(c => persons.Contains(c.PersonId) && c.SupersededAt == null).ToListAsync(cancellationToken))
        {
            condition.SupersededAt = now;
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

    private static HouseholdRelation Relation(JsonObject member) =>
        Enum.TryParse<HouseholdRelation>(member.Text("relation"), out var relation) ? relation : HouseholdRelation.Other;
}
