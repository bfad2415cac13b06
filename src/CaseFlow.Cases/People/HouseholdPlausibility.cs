using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.People;

/// <summary>
/// Refuses what no household is: people born tomorrow or two hundred years ago, two spouses, a child
/// older than its parent, a child as the only applicant. What is merely unusual is left to the survey.
/// </summary>
public static class HouseholdPlausibility
{
    private const int OldestAge = 130;

    /// <summary>From this age on a person who lives by own work has full capacity (Civil Code Art. 18).</summary>
    private const int YoungestApplicant = 16;

    /// <summary>Checks the people of an application form.</summary>
    /// <exception cref="InvalidInputException">With the field and what is wrong.</exception>
    public static void Check(JsonObject form, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(form);
        var applicant = form["applicant"] as JsonObject ?? [];
        var born = CheckPerson("applicant", applicant, today);
        if (born is { } day && day.AddYears(YoungestApplicant) > today && form["agent"] is not JsonObject)
        {
            throw new InvalidInputException("applicant/idNumber", "申请人未满16周岁，应由监护人作为申请人，或由代理人代为申请。");
        }

        var spouses = 0;
        foreach (var (member, i) in form.Objects("members").Select((m, i) => (m, i)))
        {
            var field = $"members/{i}";
            var memberBorn = CheckPerson(field, member, today);
            spouses += member.Text("relation") == "Spouse" ? 1 : 0;
            if (spouses > 1)
            {
                throw new InvalidInputException($"{field}/relation", "配偶只能有一人，请核对关系。");
            }

            CheckGeneration(field, member.Text("relation"), born, memberBorn);
        }
    }

    private static DateOnly? CheckPerson(string field, JsonObject person, DateOnly today)
    {
        if (!ResidentIdNumber.TryParse(person.Text("idNumber"), out var number, out _))
        {
            return null;
        }

        return number!.BirthDate > today || number.BirthDate < today.AddYears(-OldestAge)
            ? throw new InvalidInputException($"{field}/idNumber", "身份证号中的出生日期不合理，请核对。")
            : number.BirthDate;
    }

    private static void CheckGeneration(string field, string? relation, DateOnly? applicant, DateOnly? member)
    {
        if (applicant is not { } own || member is not { } other)
        {
            return;
        }

        var wrong = relation switch
        {
            "Child" or "Grandchild" => other <= own,
            "Parent" or "Grandparent" => other >= own,
            _ => false,
        };
        if (wrong)
        {
            throw new InvalidInputException($"{field}/relation", "与申请人的关系和出生日期不符，请核对。");
        }
    }
}
