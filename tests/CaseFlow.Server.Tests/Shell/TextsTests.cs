using System.Text.RegularExpressions;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Server.Texts;

namespace CaseFlow.Server.Tests.Shell;

public sealed partial class TextsTests
{
    private static readonly TextCatalogue Catalogue = TextCatalogue.FromAssembly(typeof(TextCatalogue).Assembly);

    [Fact]
    public void Every_text_is_there_in_Chinese_and_in_English() =>
        Assert.Empty(Catalogue.Entries.Where(e => e.Value.Any(string.IsNullOrWhiteSpace)).Select(e => e.Key));

    [Fact]
    public void Both_languages_of_a_text_take_the_same_arguments() =>
        Assert.Empty(Catalogue.Entries.Where(e => !Arguments(e.Value[0]).SetEquals(Arguments(e.Value[1]))).Select(e => e.Key));

    [Fact]
    public void English_texts_hold_no_Chinese() =>
        Assert.Empty(Catalogue.Entries.Where(e => Chinese().IsMatch(e.Value[1])).Select(e => e.Key));

    [Fact]
    public void Every_key_that_a_page_names_has_a_text() =>
        Assert.Empty(
            from source in Sources.All()
            from Match use in KeyUse().Matches(source.Text)
            where !Catalogue.Entries.ContainsKey(use.Groups["key"].Value)
            select $"{source.Path}: {use.Groups["key"].Value}");

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void Every_member_of_an_enumeration_that_pages_show_has_a_word(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Assert.All(Enum.GetNames(type), n => Assert.Contains($"{type.Name}.{n}", Catalogue.Entries.Keys));
    }

    [Fact]
    public void Every_icon_that_a_page_names_is_in_the_sprite()
    {
        var names = new IconNames();
        Assert.Empty(
            from source in Sources.All()
            from Match use in IconUse().Matches(source.Text)
            where !names.Contains(use.Groups["name"].Value)
            select $"{source.Path}: {use.Groups["name"].Value}");
    }

    [Fact]
    public void No_page_holds_a_style_attribute_or_a_script_of_its_own() =>
        Assert.Empty(
            from source in Sources.All()
            where source.Path.EndsWith(".razor", StringComparison.Ordinal)
            from Match use in Inline().Matches(source.Text)
            select $"{source.Path}: {use.Value}");

    [Theory]
    [InlineData("<p style=\"color:red\">", true)]
    [InlineData("<script>alert(1)</script>", true)]
    [InlineData("<button onclick=\"go()\">", true)]
    [InlineData("<script src=\"@Assets[\"js/shell.js\"]\"></script>", false)]
    [InlineData("<form @onsubmit=\"SubmitAsync\">", false)]
    public void The_rule_about_inline_script_and_style_can_fail(string source, bool offends) => Assert.Equal(offends, Inline().IsMatch(source));

    public static TheoryData<Type> Enumerations() =>
        [typeof(PostKind), typeof(OrganisationLevel), typeof(AreaType), typeof(TaskVerb), typeof(WorkTaskState), typeof(StepState)];

    private static HashSet<string> Arguments(string text) => [.. Argument().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{\d+\}", RegexOptions.None, 1000)]
    private static partial Regex Argument();

    [GeneratedRegex(@"[一-鿿]", RegexOptions.None, 1000)]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\bT\[""(?<key>[A-Za-z][\w.-]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyUse();

    [GeneratedRegex(@"<Icon\s[^>]*Name=""(?<name>[a-z][a-z0-9-]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IconUse();

    [GeneratedRegex(@"<[a-zA-Z][^>]*\sstyle=|<script(?![^>]*\ssrc=)|<[a-zA-Z][^>]*\son[a-z]+=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();
}
