using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.People;

/// <summary>
/// Income, property and obligors of households as rows: what was declared, and what a survey, a settlement or a review found
/// instead. Older rows are superseded, never changed. Acts in the current step.
/// </summary>
public sealed class EconomicRegistry(IUnitOfWork work, IBusinessClock clock)
{
    /// <summary>How a form names the applicant.</summary>
    internal const string ApplicantRef = "applicant";

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

        var today = clock.Today;
        var ids = await work.Set<HouseholdMember>()
            .Where(m => m.HouseholdId == household && m.SupersededAt == null && (m.ValidTo == null || m.ValidTo >= today))
            .Select(m => m.PersonId)
            .ToListAsync(cancellationToken);
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

        Add(findings, persons, source);
        return true;
    }

    /// <summary>What is known of the incomes of people is overtaken by what comes now.</summary>
    internal async Task SupersedeIncomesAsync(IReadOnlyList<Id<Person>> persons, CancellationToken cancellationToken)
    {
        foreach (var income in await work.Set<IncomeFact>()
            .Where(i => persons.Contains(i.PersonId) && i.SupersededAt == null).ToListAsync(cancellationToken))
        {
            income.SupersededAt = clock.Now;
        }
    }

    /// <summary>What is known of the property of people is overtaken by what comes now.</summary>
    internal async Task SupersedePropertyAsync(IReadOnlyList<Id<Person>> persons, CancellationToken cancellationToken)
    {
        foreach (var property in await work.Set<PropertyFact>()
            .Where(i => persons.Contains(i.PersonId) && i.SupersededAt == null).ToListAsync(cancellationToken))
        {
            property.SupersededAt = clock.Now;
        }
    }

    /// <summary>Adds the incomes and the property of a form.</summary>
    internal void Add(JsonObject form, IReadOnlyDictionary<string, Person> persons, FactSource source)
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
            Keep(PersonOf(asset, field, persons), PropertyKind.FinancialAsset, asset.Yuan("amount") ?? Money.Zero, 1, exempt: false, asset.Text("note"));
        }

        if (property.Whole("dwellings") is { } dwellings and > 0)
        {
            Keep(applicant, PropertyKind.Dwelling, Money.Zero, dwellings, exempt: false, null);
        }

        position = 0;
        foreach (var vehicle in property.Objects("vehicles"))
        {
            Keep(PersonOf(vehicle, $"property/vehicles/{position++}", persons), PropertyKind.MotorVehicle, Money.Zero, 1, vehicle.Flag("exempt"), vehicle.Text("note"));
        }

        if (property.Flag("company"))
        {
            Keep(applicant, PropertyKind.Company, Money.Zero, 1, exempt: false, null);
        }

        void Keep(Person person, PropertyKind kind, Money amount, int count, bool exempt, string? note) =>
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
}
