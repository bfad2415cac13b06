using System.Text.Json;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;

namespace CaseFlow.Cases.Tests.Policy;

/// <summary>What may be published over the policy as we ship it, on 15 June 2026.</summary>
public class Changes_of_the_policy
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    private static readonly PolicyState Shipped_ = new(Shipped.Folder.Figures, Shipped.Folder.Texts, Shipped.Folder.Rules, Shipped.Folder.Years, Shipped.Folder.Days, [Template()]);

    [Theory]
    [InlineData("2026-06-16", null)]
    [InlineData("2026-06-15", "validFrom")]
    [InlineData("2026-06-14", "validFrom")]
    [InlineData("2021-07-01", "validFrom")]
    public void A_standard_begins_after_today_and_never_in_the_past(string from, string? field) =>
        Assert.Equal(field, FirstField(Standard(65_000, from)));

    [Theory]
    [InlineData(65_000, "2026-05-01", null)]
    [InlineData(65_000, "2026-05-02", "validFrom")]
    [InlineData(60_000, "2026-05-01", "validFrom")]
    [InlineData(59_000, "2026-05-01", "validFrom")]
    [InlineData(65_000, "2021-06-01", "validFrom")]
    public void Only_a_raise_that_is_made_known_late_may_begin_in_a_month_gone_by(long fen, string from, string? field) =>
        Assert.Equal(field, FirstField(Standard(fen, from)));

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, "value")]
    [InlineData(10_000_000_001, "value")]
    public void An_amount_stays_in_its_range(long fen, string? field) => Assert.Equal(field, FirstField(Standard(fen, "2026-07-01")));

    [Fact]
    public void A_standard_is_set_by_area_where_it_differs_by_area() =>
        Assert.Equal("area", FirstField(new PolicyContent { Figures = [Figure(65_000, "2026-07-01") with { Area = null }] }));

    [Fact]
    public void A_figure_keeps_its_unit() =>
        Assert.Equal("value", FirstField(new PolicyContent { Figures = [Figure(65_000, "2026-07-01") with { Unit = "count" }] }));

    [Fact]
    public void A_source_is_always_named() =>
        Assert.Equal("source", FirstField(new PolicyContent { Figures = [Figure(65_000, "2026-07-01") with { Source = " " }] }));

    [Fact]
    public void A_standard_that_ends_without_a_successor_falls_back_to_the_open_one_before_it()
    {
        var content = new PolicyContent { Figures = [Figure(65_000, "2026-07-01") with { ValidTo = new DateOnly(2026, 12, 31) }] };
        Assert.Empty(PolicyCheck.All(Shipped_, content, Today));
        var after = Shipped_.After(content).Book;
        Assert.Equal(60_000, after.Get("dibao.standard", new DateOnly(2026, 6, 30), AreaType.Urban).Value);
        Assert.Equal(65_000, after.Get("dibao.standard", new DateOnly(2026, 7, 1), AreaType.Urban).Value);
        Assert.Equal(60_000, after.Get("dibao.standard", new DateOnly(2027, 1, 1), AreaType.Urban).Value);
    }

    [Fact]
    public void A_figure_that_leaves_a_day_without_any_rule_is_refused()
    {
        var only = Shipped_ with { Figures = [.. Shipped_.Figures.Where(f => f.Key != "dibao.exempt.centralBasicPension")] };
        var content = new PolicyContent { Figures = [new FigureRow("new.figure", "新参数", 1, "count", new DateOnly(2026, 7, 1), "文件", ValidTo: new DateOnly(2026, 7, 31))] };
        Assert.Equal("validTo", PolicyCheck.All(only, content, Today)[0].Field);
    }

    [Fact]
    public void The_day_of_a_published_row_is_taken()
    {
        var once = Shipped_.After(Standard(65_000, "2026-07-01"));
        Assert.Equal("validFrom", PolicyCheck.All(once, Standard(66_000, "2026-07-01"), Today)[0].Field);
    }

    [Fact]
    public void A_wording_that_names_a_wording_that_is_not_there_is_refused()
    {
        var row = new TextRow("remedies.dibao", "可向{{nowhere}}申请。", new DateOnly(2026, 7, 1), "文件");
        Assert.Equal("text", PolicyCheck.All(Shipped_, new PolicyContent { Texts = [row] }, Today)[0].Field);
        Assert.Empty(PolicyCheck.All(Shipped_, new PolicyContent { Texts = [row with { Text = "可向{{court}}起诉。" }] }, Today));
    }

    [Fact]
    public void A_new_version_of_a_rule_ends_the_one_before_on_the_day_before()
    {
        var after = Shipped_.After(new PolicyContent { Rules = [Rule("D1")] });
        Assert.Equal([(1, new DateOnly(2026, 6, 30)), (2, (DateOnly?)null)], after.Rules.Where(r => r.Code == "D1").OrderBy(r => r.Version).Select(r => (r.Version, r.ValidTo)));
        Assert.Empty(PolicyCheck.All(Shipped_, new PolicyContent { Rules = [Rule("D1")] }, Today));
    }

    [Fact]
    public void What_was_decided_before_keeps_its_rule()
    {
        var after = Shipped_.After(new PolicyContent { Rules = [Rule("D1", approve: "District/BureauDirector")] });
        var table = new AuthorityTable(after.Rules, after.Book);
        Assert.Equal(("D1", 1), Decided(new DateOnly(2026, 6, 30)));
        Assert.Equal(("D1", 2), Decided(new DateOnly(2026, 7, 1)));

        (string, int) Decided(DateOnly day)
        {
            var decision = table.Decide(new AuthorityFacts { CaseType = "dibao", DecisionDay = day });
            return (decision.Code, decision.Version);
        }
    }

    [Fact]
    public void Two_rules_of_one_order_that_fit_the_same_facts_are_an_overlap() =>
        Assert.Contains("D1、D9", PolicyCheck.All(Shipped_, new PolicyContent { Rules = [Rule("D9")] }, Today)[0].Message, StringComparison.Ordinal);

    [Fact]
    public void A_rule_that_ends_alone_leaves_a_gap()
    {
        var fault = Assert.Single(PolicyCheck.All(Shipped_, new PolicyContent { RuleEnds = [new RuleEnd("T2", new DateOnly(2026, 6, 30))] }, Today));
        Assert.Contains("没有任何规则适用", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_that_another_row_of_the_same_change_closes_is_none()
    {
        var broader = Rule("T4", caseType: "relief", conditions: """[{ "any": [{ "fact": "kind", "op": "eq", "value": "Emergency" }, { "fact": "amountPerPerson", "op": "gt", "value": { "figure": "dibao.standard", "area": "Urban", "times": "relief.cap.expenditure.multiple" } }, { "fact": "reserveCovers", "op": "eq", "value": false }] }]""");
        var content = new PolicyContent { Rules = [broader], RuleEnds = [new RuleEnd("T1", new DateOnly(2026, 6, 30)), new RuleEnd("T2", new DateOnly(2026, 6, 30))] };
        Assert.Empty(PolicyCheck.All(Shipped_, content, Today));
    }

    [Theory]
    [InlineData("District/SystemAdmin")]
    [InlineData("Township/CaseHandler")]
    [InlineData("Community/Reviewer")]
    [InlineData("Township/BureauDirector")]
    public void Only_posts_that_may_sign_approve(string post) =>
        Assert.Equal("approve", FirstField(new PolicyContent { Rules = [Rule("D1", approve: post)] }));

    [Theory]
    [InlineData("""[{ "fact": "weather", "op": "eq", "value": true }]""", "weather")]
    [InlineData("""[{ "fact": "amount", "op": "near", "value": 1 }]""", "near")]
    [InlineData("""{ "fact": "amount" }""", "数组")]
    public void A_condition_that_cannot_be_read_is_told_at_its_place(string conditions, string word)
    {
        var fault = PolicyCheck.All(Shipped_, new PolicyContent { Rules = [Rule("D1", conditions: conditions)] }, Today)[0];
        Assert.Equal("conditions", fault.Field);
        Assert.Contains(word, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_may_name_only_figures_that_are_in_force() =>
        Assert.Equal("conditions", FirstField(new PolicyContent { Rules = [Rule("D1", conditions: """[{ "fact": "amount", "op": "lte", "value": { "figure": "no.figure" } }]""")] }));

    [Theory]
    [InlineData(248, null)]
    [InlineData(249, "workingDays")]
    public void A_calendar_must_have_the_working_days_that_its_notice_states(int workingDays, string? field) =>
        Assert.Equal(field, FirstField(new PolicyContent { Calendars = [Year2027(workingDays)] }));

    [Fact]
    public void Worked_days_are_weekend_days() => Assert.Equal(
        "makeUpWork",
        FirstField(new PolicyContent { Calendars = [Year2027(248) with { MakeUpWork = [new DateOnly(2027, 3, 1)] }] }));

    [Fact]
    public void A_day_that_has_passed_is_not_changed()
    {
        var shipped = Shipped.Folder.Content.Calendars.Single(c => c.Year == 2026);
        var changed = shipped with { Off = [.. shipped.Off, new DateOnly(2026, 3, 2)], WorkingDays = shipped.WorkingDays - 1 };
        Assert.Contains("2026-03-02", PolicyCheck.All(Shipped_, new PolicyContent { Calendars = [changed] }, Today)[0].Message, StringComparison.Ordinal);
        var ahead = shipped with { Off = [.. shipped.Off, new DateOnly(2026, 11, 2)], WorkingDays = shipped.WorkingDays - 1 };
        Assert.Empty(PolicyCheck.All(Shipped_, new PolicyContent { Calendars = [ahead] }, Today));
    }

    [Theory]
    [InlineData("<p>{{ name }}</p>", "2026-06-15", "text")]
    [InlineData("<p>{{ name }}，您好</p>", "2026-06-15", null)]
    [InlineData("<p>{{ name }}，您好</p>", "2026-06-14", "validFrom")]
    [InlineData("<p>{{ secret }}</p>", "2026-06-15", "text")]
    [InlineData("<p>{{ name </p>", "2026-06-15", "text")]
    public void A_template_reads_only_what_its_model_declares_and_begins_no_earlier_than_today(string text, string from, string? field) =>
        Assert.Equal(field, FirstField(new PolicyContent { Templates = [new TemplateRow("x/letter", text, Day(from))] }));

    [Fact]
    public void Rows_about_the_same_thing_replace_one_another_in_a_draft()
    {
        var content = Standard(65_000, "2026-07-01").With(Standard(66_000, "2026-07-01")).With(new PolicyContent { Rules = [Rule("D1")] }).With(new PolicyContent { RuleEnds = [new RuleEnd("D1", Today)] });
        Assert.Equal(66_000, Assert.Single(content.Figures).Value);
        Assert.Empty(content.Rules);
        Assert.Equal("D1", Assert.Single(content.RuleEnds).Code);
        Assert.True(content.Without("end:D1").Without(PolicyContent.SubjectOf(content.Figures[0])).IsEmpty);
    }

    [Fact]
    public void A_change_comes_back_from_its_JSON_as_it_was()
    {
        var content = Standard(65_000, "2026-07-01").With(new PolicyContent { Rules = [Rule("D1")], Calendars = [Year2027(248)] });
        Assert.Equal(content.ToJson(), PolicyContent.Parse(content.ToJson()).ToJson());
    }

    [Fact]
    public void The_table_can_be_tried_row_by_row_without_a_case()
    {
        var facts = new AuthorityFacts { CaseType = "dibao", DecisionDay = Today, OpenComplaint = true };
        var trial = AuthorityTrial.Run(Shipped.Folder.Rules, Shipped.Policy, facts);
        Assert.Equal("D2", trial.Decision?.Code);
        Assert.Equal([("D2", true), ("D1", true)], trial.Rows.Select(r => (r.Rule.Code, r.Holds)));
        var nobody = AuthorityTrial.Run([], Shipped.Policy, facts);
        Assert.Equal("no-authority-rule", nobody.Refusal?.Code);
    }

    private static string? FirstField(PolicyContent content) => PolicyCheck.All(Shipped_, content, Today).Select(f => f.Field).FirstOrDefault();

    private static PolicyContent Standard(long fen, string from) => new() { Figures = [Figure(fen, from)] };

    private static FigureRow Figure(long fen, string from) => new("dibao.standard", "城市低保标准", fen, "fen", Day(from), "通市民联发〔2026〕1号", AreaType.Urban);

    private static RuleRow Rule(string code, string approve = "District/LeaderInCharge", string caseType = "dibao", string conditions = "[]")
    {
        var post = approve.Split('/');
        return new RuleRow(
            code,
            20,
            caseType == "dibao" ? ["dibao", "borderline", "rigid-expenditure"] : [caseType],
            JsonDocument.Parse(conditions).RootElement,
            JsonDocument.Parse($$"""{ "approve": { "level": "{{post[0]}}", "post": "{{post[1]}}" } }""").RootElement,
            "新的一版",
            new DateOnly(2026, 7, 1),
            "文件");
    }

    /// <summary>2027 with seven days off on Mondays to Fridays more than make-up days: 261 − 13 = 248.</summary>
    private static CalendarRow Year2027(int workingDays) => new(
        2027,
        "通知",
        workingDays,
        [.. Enumerable.Range(0, 13).Select(i => new DateOnly(2027, 10, 1).AddDays(7 * (i / 5) + new[] { 0, 3, 4, 5, 6 }[i % 5]))],
        []);

    private static DocumentTemplate Template() => new()
    {
        Key = "x/letter",
        Version = 1,
        Title = "信",
        Text = "<p>{{ name }}</p>",
        ModelJson = """{ "title": "信", "fields": [{ "name": "name", "type": "text", "example": "王秀兰" }] }""",
        ValidFrom = new DateOnly(2021, 7, 1),
    };

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
