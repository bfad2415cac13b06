using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Tests.Documents;

/// <summary>正确填写票据和结算凭证的基本规定.</summary>
public sealed class Capital_amounts
{
    [Theory]
    [InlineData(0, "零元整")]
    [InlineData(1, "壹分")]
    [InlineData(50, "伍角整")]
    [InlineData(82000, "捌佰贰拾元整")]
    [InlineData(100001, "壹仟元零壹分")]
    [InlineData(140950, "壹仟肆佰零玖元伍角整")]
    [InlineData(600714, "陆仟零柒元壹角肆分")]
    [InlineData(10700053, "壹拾万柒仟元零伍角叁分")]
    [InlineData(1000, "壹拾元整")]
    [InlineData(100_000_000_00, "壹亿元整")]
    [InlineData(100_010_000_00, "壹亿零壹万元整")]
    [InlineData(510_203_000_00, "伍亿壹仟零贰拾万叁仟元整")]
    [InlineData(-5000, "负伍拾元整")]
    public void Amounts_are_written_in_capitals(long fen, string expected) => Assert.Equal(expected, ChineseCapitals.Write(new Money(fen)));
}
