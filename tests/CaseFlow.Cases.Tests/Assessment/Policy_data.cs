using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Tests.Assessment;

public class Policy_data
{
    [Theory]
    [InlineData("2021-06-30", AreaType.Urban, 550)]
    [InlineData("2021-07-01", AreaType.Urban, 600)]
    [InlineData("2021-06-30", AreaType.Rural, 340)]
    [InlineData("2021-07-01", AreaType.Rural, 410)]
    public void Standards_go_by_date_and_area(string day, AreaType area, long yuan) =>
        Assert.Equal(Money.FromYuan(yuan), Shipped.Policy.Amount(PolicyKeys.DibaoStandard, DateOnly.Parse(day, null), area));

    [Fact]
    public void Every_row_has_a_source_and_a_name()
    {
        Assert.All(Shipped.Folder.Figures, row => Assert.NotEqual("", row.Source));
        Assert.All(Shipped.Folder.Figures, row => Assert.NotEqual("", row.Name));
        Assert.All(Shipped.Folder.Texts, row => Assert.NotEqual("", row.Source));
        Assert.All(Shipped.Folder.Rules, row => Assert.NotEqual("", row.Source));
    }

    [Fact]
    public void No_two_rows_of_one_key_and_area_hold_on_one_day()
    {
        foreach (var group in Shipped.Folder.Figures.GroupBy(row => (row.Key, row.AreaType)))
        {
            var rows = group.OrderBy(row => row.ValidFrom).ToList();
            Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(pair.First.ValidTo < pair.Second.ValidFrom, group.Key.ToString()));
        }
    }

    [Fact]
    public void Remedies_name_the_review_authority() =>
        Assert.Equal(
            "如不服本决定，可自收到之日起60日内向通化市东昌区人民政府申请行政复议，或者自收到之日起6个月内依法向有管辖权的人民法院提起行政诉讼。",
            Shipped.Policy.Text("remedies.dibao", new DateOnly(2026, 4, 2)));

    [Fact]
    public void Submitted_figures_are_not_in_force()
    {
        var raise = new PolicyFigure { Key = PolicyKeys.DibaoStandard, AreaType = AreaType.Urban, Unit = "fen", Value = 70_000, ValidFrom = new DateOnly(2026, 1, 1), State = PublicationState.Submitted };
        Money Urban() => new PolicyBook([.. Shipped.Folder.Figures, raise], []).Amount(PolicyKeys.DibaoStandard, new DateOnly(2026, 4, 2), AreaType.Urban);
        Assert.Equal(Money.FromYuan(600), Urban());
        raise.State = PublicationState.Published;
        Assert.Equal(Money.FromYuan(700), Urban());
    }

    [Fact]
    public void A_missing_figure_is_told_by_name()
    {
        var refusal = Assert.Throws<RefusedException>(() => Shipped.Policy.Get("dibao.nothing", new DateOnly(2026, 1, 1))).Refusal;
        Assert.Equal("policy-missing", refusal.Code);
        Assert.Contains("dibao.nothing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_of_another_unit_is_refused() =>
        Assert.Equal("policy-unit", Assert.Throws<RefusedException>(() => Shipped.Policy.Amount(PolicyKeys.EmploymentDeduction, new DateOnly(2026, 1, 1))).Refusal.Code);

    [Fact]
    public void A_folder_whose_calendar_does_not_add_up_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("policy");
        try
        {
            foreach (var file in Directory.GetFiles(Shipped.FolderPath))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            var calendar = Path.Combine(folder.FullName, "calendar-2026.json");
            File.WriteAllText(calendar, File.ReadAllText(calendar).Replace("\"2026-02-14\",", "", StringComparison.Ordinal));
            var fault = Assert.Throws<InvalidInputException>(() => PolicyFolder.Read(folder.FullName));
            Assert.Contains("247", fault.Errors["calendar-2026.json"][0], StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
