using System.Text.RegularExpressions;

namespace CaseFlow.Architecture.Tests;

/// <summary>House rules that a compiler does not know, read from the sources.</summary>
public sealed partial class SourceRuleTests
{
    [Fact]
    public void The_machine_clock_is_read_only_through_TimeProvider() => Assert.Empty(Offenders(DirectClock(), []));

    [Fact]
    public void Query_filters_are_ignored_only_inside_persistence() =>
        Assert.Empty(Offenders(IgnoredFilters(), ["src/CaseFlow.Persistence/"]));

    [Fact]
    public void Raw_sql_stands_only_inside_persistence() =>
        Assert.Empty(Offenders(RawSql(), ["src/CaseFlow.Persistence/"]));

    [Fact]
    public void Money_is_never_floating_point() => Assert.Empty(Offenders(FloatingMoney(), []));

    [Fact]
    public void No_page_asks_another_host() =>
        Assert.Empty(Offenders(OtherHost(), []));

    [Fact]
    public void No_source_file_is_longer_than_five_hundred_lines() =>
        Assert.Empty(Repository.Sources().Where(s => s.Text.AsSpan().Count('\n') > 500).Select(s => s.Path));

    [Theory]
    [InlineData("var t = DateTime.UtcNow;", true)]
    [InlineData("var t = clock.Now;", false)]
    public void The_clock_rule_can_fail(string source, bool offends) => Assert.Equal(offends, DirectClock().IsMatch(source));

    [Theory]
    [InlineData("public double MonthlyAmount { get; set; }", true)]
    [InlineData("public Money MonthlyAmount { get; set; }", false)]
    public void The_money_rule_can_fail(string source, bool offends) => Assert.Equal(offends, FloatingMoney().IsMatch(source));

    private static IEnumerable<string> Offenders(Regex rule, string[] exempt) =>
        from source in Repository.Sources()
        where !exempt.Any(e => source.Path.StartsWith(e, StringComparison.Ordinal))
        from Match match in rule.Matches(source.Text)
        select $"{source.Path}: {match.Value}";

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DirectClock();

    [GeneratedRegex(@"\.IgnoreQueryFilters\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IgnoredFilters();

    [GeneratedRegex(@"\.(FromSql|FromSqlRaw|ExecuteSql|ExecuteSqlRaw|ExecuteSqlAsync|ExecuteSqlRawAsync|SqlQuery|SqlQueryRaw)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RawSql();

    [GeneratedRegex(@"\b(double|float)\b[^;\r\n]*(Amount|Money|Yuan|Income|Standard|Benefit)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FloatingMoney();

    [GeneratedRegex(@"\b(src|href)=""https?://", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OtherHost();
}
