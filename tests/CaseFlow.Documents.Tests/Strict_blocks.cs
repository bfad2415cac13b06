using CaseFlow.Cases.Documents;

namespace CaseFlow.Documents.Tests;

public sealed class Strict_blocks
{
    [Theory]
    [InlineData("<div>x</div>", "<div>")]
    [InlineData("<p onclick=\"x()\">x</p>", "onclick")]
    [InlineData("<p class=\"big\">x</p>", "big")]
    [InlineData("<p><a href=\"x\">x</a></p>", "<a>")]
    [InlineData("<p><script>x</script></p>", "<script>")]
    [InlineData("<p><span>x</span></p>", "nowrap")]
    [InlineData("bare text", "text must stand in a block")]
    [InlineData("<ol><p>x</p></ol>", "<li>")]
    [InlineData("<table><tbody><tr><td>1</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>", "row 2 fills 2 of 1 columns")]
    [InlineData("<table><tbody><tr><td colspan=\"0\">1</td></tr></tbody></table>", "colspan")]
    [InlineData("<section class=\"signature\"><p class=\"body\">x</p></section>", "p.date")]
    [InlineData("<aside class=\"check\"><p>x</p></aside>", "data-address")]
    [InlineData("<header></header>", "wrong place")]
    [InlineData("<p>x", "not well formed")]
    [InlineData("<p>&nbsp;</p>", "not well formed")]
    public void What_is_no_block_is_refused_and_named(string body, string named)
    {
        var fault = Assert.Throws<DocumentFormatException>(() => DocumentServices.Check(Printing.Doc("\n" + body)));

        Assert.Contains(named, fault.Message);
        Assert.True(fault.Line > 0);
    }

    [Fact]
    public void A_file_cannot_be_pulled_in() =>
        Assert.Throws<DocumentFormatException>(() => DocumentServices.Check(
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><article class=\"doc\"><h1>&e;</h1></article>"));

    [Fact]
    public void The_screen_shows_the_same_blocks_with_seal_and_QR_code_and_is_read_back_as_text()
    {
        var screen = DocumentServices.ToScreenHtml(Printing.Sample("confirmation"));

        Assert.Contains("<h1>最低生活保障确认通知书</h1>", System.Net.WebUtility.HtmlDecode(screen));
        Assert.Contains("aria-label=\"印章：通化市东昌区民政局（样章）\"", System.Net.WebUtility.HtmlDecode(screen));
        Assert.Contains("class=\"qr\"", screen);
        Assert.DoesNotContain("localhost", screen);
    }

    [Fact]
    public void What_people_typed_stays_text_on_the_screen() =>
        Assert.Contains("&lt;b&gt;", DocumentServices.ToScreenHtml(Printing.Doc("<p>&lt;b&gt;</p>")));

    [Fact]
    public void A_line_end_of_the_source_between_Chinese_characters_leaves_no_gap() =>
        Assert.Contains("<p>上行下行</p>", System.Net.WebUtility.HtmlDecode(DocumentServices.ToScreenHtml(Printing.Doc("<p>上行\n      下行</p>"))));
}
