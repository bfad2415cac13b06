using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;

namespace CaseFlow.Cases.Tests.Notices;

public class Notice_content
{
    [Fact]
    public void Dibao_shows_name_members_and_amount_for_seven_days()
    {
        var kind = NoticeContent.For("dibao", NoticePurpose.Opinion, false)!;
        Assert.Equal(
            new NoticeEntry("张建国", 4, Money.FromYuan(820), null),
            NoticeContent.Entry(kind, NoticeMedium.Paper, "张建国", 4, Money.FromYuan(820)));
        Assert.Equal("张*国", NoticeContent.Entry(kind, NoticeMedium.Web, "张建国", 4, Money.FromYuan(820)).Name);
        Assert.Equal(7, Shipped.Policy.Period(kind.DaysKey!, new DateOnly(2026, 1, 1)).Count);
    }

    [Fact]
    public void A_stop_gives_no_reason_and_no_amount()
    {
        var kind = NoticeContent.For("dibao", NoticePurpose.Stop, false)!;
        Assert.Equal(
            new NoticeEntry("张*国", null, null, "不再享受最低生活保障"),
            NoticeContent.Entry(kind, NoticeMedium.Web, "张建国", 4, Money.FromYuan(820)));
    }

    [Theory]
    [InlineData("orphan")]
    [InlineData("unattended-child")]
    [InlineData("disability-subsidy")]
    [InlineData("elder-card")]
    public void Children_and_disability_subsidies_have_no_notice(string caseType) =>
        Assert.All(Enum.GetValues<NoticePurpose>(), purpose => Assert.Null(NoticeContent.For(caseType, purpose, false)));

    [Fact]
    public void A_minor_as_applicant_is_never_posted() => Assert.Null(NoticeContent.For("dibao", NoticePurpose.Opinion, true));

    [Fact]
    public void Emergency_relief_is_posted_only_afterwards_expenditure_relief_three_days_before()
    {
        Assert.Null(NoticeContent.For("relief", NoticePurpose.Opinion, false, "Emergency"));
        Assert.NotNull(NoticeContent.For("relief", NoticePurpose.Publication, false, "Emergency"));
        var kind = NoticeContent.For("relief", NoticePurpose.Opinion, false, "Expenditure")!;
        Assert.Equal(3, Shipped.Policy.Period(kind.DaysKey!, new DateOnly(2026, 1, 1)).Count);
    }
}
