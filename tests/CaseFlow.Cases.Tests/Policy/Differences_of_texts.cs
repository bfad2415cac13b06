using CaseFlow.Cases.Policy;

namespace CaseFlow.Cases.Tests.Policy;

public class Differences_of_texts
{
    [Theory]
    [InlineData("六十日内", "三十日内", "-六|+三|=十日内")]
    [InlineData("", "新", "+新")]
    [InlineData("旧", "", "-旧")]
    [InlineData("一样", "一样", "=一样")]
    [InlineData("甲乙丙", "甲丙", "=甲|-乙|=丙")]
    [InlineData("向𠮷申请", "向龘申请", "=向|-𠮷|+龘|=申请")]
    public void Wordings_are_compared_character_by_character(string before, string after, string expected) =>
        Assert.Equal(expected, Told(TextDifference.ByCharacters(before, after)));

    [Fact]
    public void Templates_are_compared_line_by_line() =>
        Assert.Equal("=<h1>\n|-旧\n|+新\n|=</h1>\n", Told(TextDifference.ByLines("<h1>\r\n旧\r\n</h1>", "<h1>\n新\n</h1>")));

    private static string Told(IReadOnlyList<TextPiece> pieces) =>
        string.Join('|', pieces.Select(p => p.Kind switch { PieceKind.Same => "=", PieceKind.Removed => "-", _ => "+" } + p.Text));
}
