using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Authority;

/// <summary>What is known about conflicts of one person with one case.</summary>
/// <param name="ActorPerson">The actor's own entry in the registry; null if unknown.</param>
/// <param name="CasePersons">Applicant, members of the household, obligors.</param>
/// <param name="Relations">Registered relations of the actor's person.</param>
/// <param name="Recusals">Recusals of the case.</param>
public sealed record ConflictFacts(
    Id<Person>? ActorPerson,
    IReadOnlyCollection<Id<Person>> CasePersons,
    IReadOnlyCollection<PersonRelation> Relations,
    IReadOnlyCollection<Recusal> Recusals);

/// <summary>
/// 回避 (公务员法 74, 76; CC 1045): who is a party, of the same household, a registered relative of a party, or has declared an
/// interest may not act until the superior lifts it. Same surname, address or telephone are hints for people, never a finding.
/// </summary>
public static class RecusalRule
{
    /// <summary>Why the person may not act; null if they may.</summary>
    /// <remarks>A recusal that was lifted also lifts what the registry says, because the superior decided on the facts.</remarks>
    public static Refusal? Check(Id<Account> account, ConflictFacts facts)
    {
        var own = facts.Recusals.Where(recusal => recusal.AccountId == account).OrderBy(recusal => recusal.At).ToList();
        if (own.Find(recusal => recusal.LiftedAt is null) is { } open)
        {
            return Refuse($"您已{(open.Origin == "declared" ? "申请" : "被要求")}回避（{open.Reason}）");
        }

        if (own.Count > 0 || facts.ActorPerson is not { } person)
        {
            return null;
        }

        if (facts.CasePersons.Contains(person))
        {
            return Refuse("您是本案当事人或其共同生活的家庭成员");
        }

        var relation = facts.Relations.FirstOrDefault(row =>
            (row.PersonId == person && facts.CasePersons.Contains(row.RelativeId))
            || (row.RelativeId == person && facts.CasePersons.Contains(row.PersonId)));
        return relation is null ? null : Refuse($"您与本案当事人有登记的亲属关系（{relation.Relation}）");
    }

    private static Refusal Refuse(string why) =>
        new("recusal", $"{why}，不得办理本案。请由同岗位其他人员或上一级办理；如认为不需回避，可报上一级分管领导决定。");
}
