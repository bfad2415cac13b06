using CaseFlow.Cases.Documents;

namespace CaseFlow.Cases.Tests.Documents;

public class Official_numbers
{
    [Fact]
    public void They_look_as_GB_T_9704_says() => Assert.Equal("东民救〔2026〕12号", OfficialNumberFormat.Format("东民", "救", 2026, 12));

    [Fact]
    public void They_can_be_read_back() => Assert.Equal(("东民救", 2026, 12), OfficialNumberFormat.Parse("东民救〔2026〕12号"));

    [Theory]
    [InlineData("东民救[2026]12号")]
    [InlineData("东民救〔2026〕012号")]
    [InlineData("东民救〔2026〕第12号")]
    [InlineData("东民救〔26〕12号")]
    [InlineData("东民救〔2026〕99999999999号")]
    [InlineData(null)]
    public void Other_forms_are_no_official_numbers(string? text) => Assert.Null(OfficialNumberFormat.Parse(text));

    [Theory]
    [InlineData(26, 1)]
    [InlineData(2026, 0)]
    public void Short_years_and_number_zero_are_refused(int year, int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OfficialNumberFormat.Format("东民", "救", year, number));
}
