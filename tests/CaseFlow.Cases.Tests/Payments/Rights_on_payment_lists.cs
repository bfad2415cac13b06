using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using CaseFlow.Cases.Scope;

namespace CaseFlow.Cases.Tests.Payments;

/// <summary>Who does what with a list in which state: every verb, state and post.</summary>
public sealed class Rights_on_payment_lists
{
    private static readonly Id<OrganisationUnit> Street = Id<OrganisationUnit>.New();
    private static readonly Id<OrganisationUnit> OtherStreet = Id<OrganisationUnit>.New();
    private static readonly Id<Account> Maker = Id<Account>.New();

    private static readonly Dictionary<PaymentVerb, PaymentBatchState[]> States = new()
    {
        [PaymentVerb.Freeze] = [PaymentBatchState.Draft],
        [PaymentVerb.Reopen] = [PaymentBatchState.Frozen, PaymentBatchState.Signed],
        [PaymentVerb.Sign] = [PaymentBatchState.Frozen],
        [PaymentVerb.Export] = [PaymentBatchState.Signed, PaymentBatchState.Exported],
        [PaymentVerb.Settle] = [PaymentBatchState.Exported],
    };

    [Fact]
    public void Each_verb_belongs_to_its_states_and_posts_and_to_no_other()
    {
        foreach (var (verb, states) in States)
        {
            foreach (var state in Enum.GetValues<PaymentBatchState>())
            {
                foreach (var (post, level, at) in Posts())
                {
                    var finance = post is PostKind.FinanceOfficer && (level is OrganisationLevel.District || at == Street);
                    var leader = post is PostKind.LeaderInCharge && level is OrganisationLevel.District;
                    var may = states.Contains(state) && verb switch
                    {
                        PaymentVerb.Sign => leader,
                        PaymentVerb.Reopen => finance || leader,
                        _ => finance,
                    };
                    var refusal = PaymentRights.WhyNot(verb, Batch(state), Holding(Id<Account>.New(), (post, level, at)));
                    Assert.True(may == refusal is null, $"{verb} in {state} by {post} at {level}: {refusal?.Code ?? "allowed"}");
                }
            }
        }
    }

    [Fact]
    public void Whoever_froze_it_never_signs_whatever_posts_they_hold()
    {
        var both = Holding(Maker, (PostKind.FinanceOfficer, OrganisationLevel.District, Street), (PostKind.LeaderInCharge, OrganisationLevel.District, Street));
        Assert.Equal("four-eyes", PaymentRights.WhyNot(PaymentVerb.Sign, Batch(PaymentBatchState.Frozen), both)?.Code);
        Assert.Null(PaymentRights.WhyNot(PaymentVerb.Reopen, Batch(PaymentBatchState.Frozen), both));
    }

    [Fact]
    public void The_system_signs_nothing()
    {
        Assert.NotNull(PaymentRights.WhyNot(PaymentVerb.Sign, Batch(PaymentBatchState.Frozen), Actor.System("test")));
    }

    private static IEnumerable<(PostKind Post, OrganisationLevel Level, Id<OrganisationUnit> At)> Posts() =>
        from post in Enum.GetValues<PostKind>()
        from level in new[] { OrganisationLevel.District, OrganisationLevel.Township }
        from at in new[] { Street, OtherStreet }
        select (post, level, at);

    private static PaymentBatch Batch(PaymentBatchState state) => new()
    {
        State = state,
        OrganisationId = Street,
        FrozenBy = state is PaymentBatchState.Draft ? null : Maker,
    };

    private static Actor Holding(Id<Account> account, params (PostKind Post, OrganisationLevel Level, Id<OrganisationUnit> At)[] posts) => new(
        ActorKind.Staff,
        account,
        "马芳",
        null,
        [.. posts.Select(p => new PostInForce(Id<PostAssignment>.New(), p.Post, p.At, "", p.Level, ""))],
        DataScope.Nothing);
}
