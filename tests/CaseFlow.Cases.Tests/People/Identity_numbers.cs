using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Tests.People;

public class Identity_numbers
{
    [Theory]
    [InlineData("220502196001011237")]
    [InlineData(" 220502196001011237 ")]
    [InlineData("11010519491231002X")]
    [InlineData("11010519491231002x")]
    public void Valid_numbers_are_read(string text) => Assert.True(ResidentIdNumber.IsValid(text));

    [Fact]
    public void Birth_date_gender_and_area_are_in_the_number()
    {
        Assert.True(ResidentIdNumber.TryParse("220502196001011237", out var number, out _));
        Assert.Equal((new DateOnly(1960, 1, 1), Gender.Male, "220502"), (number!.BirthDate, number.Gender, number.AreaCode));
        Assert.True(ResidentIdNumber.TryParse("11010519491231002X", out var woman, out _));
        Assert.Equal(Gender.Female, woman!.Gender);
    }

    [Theory]
    [InlineData(null, "18位")]
    [InlineData("22050219600101123", "18位")]
    [InlineData("22050219600101123A", "18位")]
    [InlineData("220502196013011237", "出生日期")]
    [InlineData("220502196002301237", "出生日期")]
    [InlineData("220502196001011238", "校验位")]
    [InlineData("220502196001012137", "校验位")]
    public void Wrong_numbers_say_what_is_wrong(string? text, string why)
    {
        Assert.False(ResidentIdNumber.TryParse(text, out var number, out var error));
        Assert.Null(number);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_never_prints_itself_in_clear()
    {
        Assert.True(ResidentIdNumber.TryParse("220502196001011237", out var number, out _));
        Assert.Equal("2205**********1237", number!.ToString());
    }

    [Theory]
    [InlineData("张建国", "张*国")]
    [InlineData("王芳", "王*")]
    [InlineData("欧阳建国", "欧**国")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData("王", "*")]
    [InlineData(null, "")]
    public void Names_are_masked(string? name, string masked) => Assert.Equal(masked, Masking.Name(name));

    [Fact]
    public void Numbers_are_masked()
    {
        Assert.Equal("2205**********0026", Masking.IdNumber("220502199003040026"));
        Assert.Equal("138****6102", Masking.Phone("13812346102"));
        Assert.Equal("***************1234", Masking.BankAccount("6217000000000001234"));
        Assert.Equal("****", Masking.Phone("1234"));
    }

    [Theory]
    [InlineData("91350100M000100Y43")]
    [InlineData("51220502MJK000014T")]
    [InlineData("52220502MJK000014P")]
    public void Credit_codes_of_the_standard_are_valid(string code) => Assert.True(SocialCreditCode.IsValid(code));

    [Theory]
    [InlineData("51220502MJK000014P", "校验位")]
    [InlineData("51220502MJK000024T", "主体标识码")]
    [InlineData("5122O502MJK000014T", "不含")]
    [InlineData("51220502", "18位")]
    public void Wrong_credit_codes_say_what_is_wrong(string code, string why) =>
        Assert.Contains(why, SocialCreditCode.Check(code), StringComparison.Ordinal);
}
