using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Payments;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Tests.Payments;

/// <summary>Domain K, batch: what stands on a household's line. The share that a recovery may keep back is 20 % here.</summary>
public sealed class Working_out_a_payment_list
{
    private static readonly Month September = Month.Of(2021, 9);
    private static readonly Id<Case> TheCase = Id<Case>.New();

    [Theory]
    [InlineData(null, 820, "New", "新增")]
    [InlineData(820, 820, "Unchanged", "不变")]
    [InlineData(600, 820, "Raised", "增 220.00")]
    [InlineData(1000, 820, "Lowered", "减 180.00")]
    [InlineData(820, 0, "Stopped", "停发：死亡")]
    [InlineData(0, 820, "New", "新增")]
    public void The_comparison_with_the_month_before_is_said_in_words(int? before, int now, string change, string words)
    {
        var source = Source(now > 0 ? [Regular(September, now)] : []) with
        {
            Previous = before is { } yuan ? Money.FromYuan(yuan) : null,
            EndReason = "死亡",
        };
        var line = Assert.Single(Compose(source).Lines).Line;
        Assert.Equal(change, line.Change.ToString());
        Assert.Equal(words, line.Words);
    }

    [Fact]
    public void A_month_that_the_bank_sent_back_comes_again_beside_the_regular_amount()
    {
        var line = Assert.Single(Compose(Source([Regular(September, 560), Regular(September.Plus(-1), 560)]) with { Previous = Money.FromYuan(560) }).Lines).Line;
        Assert.Equal((Money.FromYuan(560), Money.FromYuan(560), Money.FromYuan(1120)), (line.Regular, line.Adjustment, line.Amount));
        Assert.Equal("退回重发 2021-08　560.00", line.Words);
    }

    [Fact]
    public void Arrears_of_a_raise_stand_beside_the_regular_amount()
    {
        // K11: 460 → 560 from 2021-07, paid from September: 560 + 2 × 100.
        var sheet = Compose(Source([Regular(September, 560), Arrears(September.Plus(-2), 100), Arrears(September.Plus(-1), 100)]) with
        {
            Previous = Money.FromYuan(460),
        });
        var line = Assert.Single(sheet.Lines).Line;
        Assert.Equal((Money.FromYuan(560), Money.FromYuan(200), Money.FromYuan(760)), (line.Regular, line.Adjustment, line.Amount));
        Assert.Equal("增 100.00；补发 2021-07、2021-08　200.00", line.Words);
    }

    [Fact]
    public void A_recovery_keeps_back_no_more_than_its_share_of_the_regular_amount()
    {
        // K12: 320 from now on, 820 to recover; 20 % of 320 = 64; 820 − 64 = 756 are left.
        var line = Assert.Single(Compose(Source([Regular(September, 320)], Recovery(September.Plus(-3), 410), Recovery(September.Plus(-2), 410)) with
        {
            Previous = Money.FromYuan(730),
        }).Lines);
        Assert.Equal((Money.FromYuan(64), Money.FromYuan(256)), (line.Line.Deducted, line.Line.Amount));
        Assert.Equal("减 410.00；扣回 64.00（余 756.00）", line.Line.Words);
        Assert.Equal([Money.FromYuan(320), Money.FromYuan(-64)], line.Items.Select(i => i.Amount));
    }

    [Fact]
    public void A_share_with_parts_of_a_fen_is_rounded_down_in_favour_of_the_household()
    {
        // 20 % of 0.04 yuan = 0.008 yuan: nothing is kept back.
        var source = Source([Entry(BenefitEntryKind.Regular, September, new Money(4))], Recovery(September.Plus(-1), 10));
        Assert.Equal(new Money(4), Assert.Single(Compose(source).Lines).Line.Amount);
    }

    [Fact]
    public void The_last_part_of_a_recovery_is_what_is_left_and_no_more()
    {
        var line = Assert.Single(Compose(Source([Regular(September, 1000)], Recovery(September.Plus(-1), 30))).Lines).Line;
        Assert.Equal((Money.FromYuan(30), Money.FromYuan(970)), (line.Deducted, line.Amount));
    }

    [Fact]
    public void A_month_that_was_recovered_before_it_reached_the_account_is_set_off_whole()
    {
        // July came back from the bank (730) and was corrected to 320 meanwhile: 730 − 410 = 320 is paid with September's 320.
        var july = September.Plus(-2);
        var line = Assert.Single(Compose(Source([Regular(September, 320), Regular(july, 730)], Recovery(july, 410))).Lines).Line;
        Assert.Equal((Money.FromYuan(410), Money.FromYuan(640)), (line.Deducted, line.Amount));
    }

    [Fact]
    public void Nobody_is_paid_without_an_account_after_death_or_on_an_account_that_the_bank_refused()
    {
        var household = Source([Regular(September, 500)]);
        var refused = new PaymentLine { AccountIndex = "a", FailureReason = "账号不存在" };
        var sheet = Compose(
            household with { AccountIndex = null },
            household with { DiedOn = new DateOnly(2021, 8, 20) },
            household with { Failed = refused });
        Assert.Empty(sheet.Lines);
        Assert.Equal(["no-account", "died", "account-unchanged"], sheet.Holds.Select(h => h.Code));
        Assert.Contains("账号不存在", sheet.Holds[2].Reason, StringComparison.Ordinal);
        Assert.Equal("退回后重发", Assert.Single(Compose(household with { Failed = refused, AccountIndex = "b", Previous = Money.FromYuan(500) }).Lines).Line.Words);
    }

    [Fact]
    public void A_new_household_without_a_decision_stops_the_list()
    {
        var entry = Regular(September, 500);
        entry.DecisionId = null;
        Assert.Contains(Compose(Source([entry])).Checks, c => c is { Code: "decisions", Holds: false, Stops: true });
    }

    [Fact]
    public void Two_households_on_one_account_are_told()
    {
        var sheet = Compose(Source([Regular(September, 500)]), Source([Regular(September, 600)]) with { CaseId = Id<Case>.New(), BeneficiaryId = Id<Person>.New() });
        Assert.Contains(sheet.Checks, c => c is { Code: "accounts", Holds: false, Stops: false });
    }

    [Fact]
    public void The_hash_holds_every_line()
    {
        var batch = new PaymentBatch { Number = "FF-DIBAO-220502004-2021-09", Programme = "dibao", Month = September };
        var source = Source([Regular(September, 500)]);
        var hash = Compose(source).HashFor(batch);
        Assert.Equal(hash, Compose(source).HashFor(batch));
        Assert.NotEqual(hash, Compose(source with { AccountIndex = "b" }).HashFor(batch));
        Assert.NotEqual(hash, Compose(source with { Members = 2 }).HashFor(batch));
        Assert.NotEqual(hash, Compose(Source([Regular(September, 501)])).HashFor(batch));
    }

    private static PaymentSheet Compose(params PaymentSource[] sources) => new PaymentComposer(September, 2000).Compose(sources);

    private static PaymentSource Source(IReadOnlyList<BenefitEntry> items, params OpenRecovery[] recoveries) => new()
    {
        CaseId = TheCase,
        BeneficiaryId = Id<Person>.New(),
        Name = "王秀兰（演示）",
        Items = items,
        Recoveries = recoveries,
        AccountIndex = "a",
        AccountTail = "4417",
    };

    private static BenefitEntry Regular(Month month, int yuan) => Entry(BenefitEntryKind.Regular, month, Money.FromYuan(yuan));

    private static BenefitEntry Arrears(Month month, int yuan) => Entry(BenefitEntryKind.Arrears, month, Money.FromYuan(yuan));

    private static OpenRecovery Recovery(Month month, int yuan) => new(Entry(BenefitEntryKind.Recovery, month, Money.FromYuan(-yuan)), Money.FromYuan(yuan));

    private static BenefitEntry Entry(BenefitEntryKind kind, Month month, Money amount) => new()
    {
        CaseId = TheCase,
        Kind = kind,
        Month = month,
        Amount = amount,
        DecisionId = Id<IssuedDocument>.New(),
    };
}
