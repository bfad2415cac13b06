using CaseFlow.Cases.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace CaseFlow.Documents.Tests;

/// <summary>GB/T 9704-2012 and the rules of line ends.</summary>
public sealed class Layout_rules
{
    private const double Millimetre = 72 / 25.4;

    /// <summary>Texts of the lines of a page, top to bottom.</summary>
    private static List<string> Lines(Page page) =>
    [
        .. page.Letters.GroupBy(l => Math.Round(l.StartBaseLine.Y)).OrderByDescending(g => g.Key)
            .Select(g => string.Concat(g.OrderBy(l => l.StartBaseLine.X).Select(l => l.Value))),
    ];

    private static PdfDocument Print(string body, string after = "") => Printing.Open(Printing.Doc(body, after));

    [Fact]
    public void A_line_holds_28_characters_and_a_page_22_lines()
    {
        using var pdf = Print($"<p class=\"addressee\">{new string('国', 28 * 60)}</p>");

        var lines = Lines(pdf.GetPage(2));
        Assert.Equal(23, lines.Count(l => l.Length > 1)); // 22 lines and the page number
        Assert.All(lines.Take(22), l => Assert.Equal(28, l.Length));
    }

    [Fact]
    public void The_text_area_begins_28_mm_from_the_left_and_is_156_mm_wide()
    {
        using var pdf = Print($"<p class=\"addressee\">{new string('国', 28 * 60)}</p>");

        var letters = pdf.GetPage(2).Letters.Where(l => l.Value == "国").ToList();
        Assert.Equal(28 * Millimetre, letters.Min(l => l.StartBaseLine.X), 0.5);
        Assert.InRange(letters.Max(l => l.StartBaseLine.X) + 16, 183 * Millimetre, 184.5 * Millimetre);
        Assert.InRange(pdf.GetPage(2).Height - letters.Max(l => l.StartBaseLine.Y), 37 * Millimetre, 47.3 * Millimetre);
        Assert.InRange(pdf.GetPage(2).Height - letters.Min(l => l.StartBaseLine.Y), 252 * Millimetre, 262 * Millimetre);
    }

    public static TheoryData<string, int> Marks()
    {
        var data = new TheoryData<string, int>();
        foreach (var mark in "，。、；：！？）〉》」』】”’")
        {
            for (var length = 20; length <= 30; length += 2)
            {
                data.Add(mark.ToString(), length);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public void No_closing_mark_begins_a_line(string mark, int length)
    {
        using var pdf = Print($"<p>{new string('国', length)}{mark}{new string('家', 30)}{mark}{new string('民', length)}{mark}</p>");

        Assert.DoesNotContain(Lines(pdf.GetPage(1)), l => l.StartsWith(mark, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("（")]
    [InlineData("《")]
    [InlineData("“")]
    [InlineData("〔")]
    public void No_opening_mark_ends_a_line(string mark)
    {
        foreach (var length in Enumerable.Range(20, 12))
        {
            using var pdf = Print($"<p>{new string('国', length)}{mark}{new string('家', 40)}</p>");
            Assert.DoesNotContain(Lines(pdf.GetPage(1)), l => l.EndsWith(mark, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("DB-220502-2026-000123")]
    [InlineData("1440.00")]
    [InlineData("http://localhost:5080/check")]
    public void Numbers_and_Latin_words_are_not_broken(string word)
    {
        foreach (var length in Enumerable.Range(10, 20))
        {
            using var pdf = Print($"<p>{new string('国', length)}{word}{new string('家', 40)}</p>");
            Assert.Contains(Lines(pdf.GetPage(1)), l => l.Contains(word, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_official_number_is_not_broken()
    {
        foreach (var length in Enumerable.Range(12, 16))
        {
            using var pdf = Print($"<p>{new string('国', length)}救〔2026〕12号{new string('家', 40)}</p>");
            Assert.Contains(Lines(pdf.GetPage(1)), l => l.Contains("救〔2026〕12号", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_signature_never_stands_alone_on_a_page()
    {
        const string signature = "<section class=\"signature\" data-seal=\"测试\"><p class=\"body\">民政局</p><p class=\"date\">2026年6月15日</p></section>";
        foreach (var count in Enumerable.Range(12, 16))
        {
            using var pdf = Print(string.Concat(Enumerable.Repeat("<p>正文一行。</p>", count)), signature);
            var last = Lines(pdf.GetPage(pdf.NumberOfPages));
            Assert.Contains(last, l => l.Contains("2026年6月15日", StringComparison.Ordinal));
            Assert.Contains("正文一行。", last);
        }
    }

    [Fact]
    public void A_notice_that_only_just_overflows_is_set_closer_on_one_page()
    {
        using var pdf = Printing.Open(Printing.Sample("confirmation"));

        Assert.Equal(1, pdf.NumberOfPages);
    }

    [Fact]
    public void Page_numbers_stand_on_the_outer_side()
    {
        using var pdf = Print($"<p>{new string('国', 28 * 30)}</p>");

        Assert.Contains("— 1 —", Lines(pdf.GetPage(1)));
        Assert.True(pdf.GetPage(1).Letters.Single(l => l.Value == "1").StartBaseLine.X > 105 * Millimetre);
        Assert.True(pdf.GetPage(2).Letters.Single(l => l.Value == "2").StartBaseLine.X < 105 * Millimetre);
    }

    [Fact]
    public void The_head_of_a_table_is_repeated_on_each_page()
    {
        var rows = string.Concat(Enumerable.Range(1, 60).Select(i => $"<tr><td>{i}</td><td>某项</td></tr>"));
        using var pdf = Print($"<table><thead><tr><th>序号</th><th>项目</th></tr></thead><tbody>{rows}</tbody></table>");

        Assert.True(pdf.NumberOfPages >= 3);
        Assert.All(pdf.GetPages(), p => Assert.Contains("序号项目", Lines(p)));
    }

    [Fact]
    public void A_cell_higher_than_a_page_goes_on_on_the_next()
    {
        using var pdf = Print($"<table><tbody><tr><th>情况</th><td>{new string('国', 2000)}</td></tr></tbody></table>");

        Assert.Equal(2000, Printing.TextOf(pdf).Count(c => c == '国'));
        Assert.All(pdf.GetPages().SelectMany(p => p.Letters), l => Assert.True(l.StartBaseLine.Y > 15 * Millimetre));
    }

    [Fact]
    public void The_seal_is_drawn_but_not_part_of_the_text()
    {
        using var pdf = Print("<p>正文。</p>", "<section class=\"signature\" data-seal=\"专用章甲乙丙\"><p class=\"body\">民政局</p><p class=\"date\">2026年6月15日</p></section>");

        Assert.DoesNotContain("章", Printing.TextOf(pdf));
        Assert.True(pdf.GetPage(1).Paths.Count > 7);
    }

    [Fact]
    public void The_same_document_gives_the_same_file_also_after_a_garbage_collection()
    {
        var first = Printing.Print(Printing.Sample("long"));
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        var second = Printing.Print(Printing.Sample("long"));

        Assert.Equal(first, second);
        Assert.InRange(first.Length, 10_000, 200_000);
    }

    [Fact]
    public void Many_documents_at_once_come_out_as_one_after_the_other()
    {
        string[] names = ["confirmation", "long"];
        var alone = names.ToDictionary(n => n, n => Printing.Print(Printing.Sample(n)));

        Parallel.For(0, 40, i => Assert.Equal(alone[names[i % 2]], Printing.Print(Printing.Sample(names[i % 2]))));
    }
}
