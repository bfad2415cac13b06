using System.Net;
using System.Text;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using CaseFlow.Server.Staff.Payments;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.Staff;

public sealed class PaymentPageTests(StaffWorld world) : IClassFixture<StaffWorld>
{
    private const string List = "/staff/payments/lists/FF-DIBAO-220502004-2026-07";

    [Fact]
    public async Task A_list_is_frozen_by_finance_signed_by_the_leader_and_given_to_the_bank()
    {
        await PaidHouseholdAsync("何长山");
        var finance = await (await SignedInAsync("finance")).OpenAsync(List);
        Assert.Contains("新增", finance.Html, StringComparison.Ordinal);
        Assert.Contains("拾元整", finance.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("6228480000000004417", finance.Html, StringComparison.Ordinal);
        await finance.SendAsync("freeze", null);
        Assert.Contains("第二签由区民政局分管领导办理", finance.Html, StringComparison.Ordinal);

        var leader = await (await SignedInAsync("d-leader")).OpenAsync(List);
        await leader.SendAsync("sign", null);
        Assert.Contains("可以导出银行文件", leader.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"csv\"", leader.Html, StringComparison.Ordinal);

        await finance.OpenAsync(List);
        await finance.SendAsync(null, $"{List}/bank", ("format", "csv"));
        Assert.Contains("何长山", finance.Html, StringComparison.Ordinal);
        Assert.Contains("6228480000000004417,农业银行,820.00", finance.Html, StringComparison.Ordinal);
        await finance.OpenAsync($"{List}/register");
        Assert.Contains("拾元整", finance.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("handler-2")]
    [InlineData("donglin")]
    [InlineData("sysadmin")]
    public async Task A_list_of_another_body_is_not_found(string who)
    {
        await PaidHouseholdAsync("程立新");
        var page = await (await SignedInAsync(who)).OpenAsync(List);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        await page.OpenAsync($"{List}/register");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Theory]
    [InlineData("序号,结果,原因\r\n1,成功,\r\n2,失败,账号不存在\r\n合计,,\r\n", 2)]
    [InlineData("结果,序号,金额,原因\r\n到账,1,\"1,440.00\",\r\n", 1)]
    [InlineData("\uFEFF序号,结果,原因\r\n1,SUCCESS,\r\n", 1)]
    public void An_answer_is_read_whatever_the_order_of_its_columns(string csv, int rows)
    {
        var answers = BankReturnFile.Parse(Stream(csv));
        Assert.Equal(rows, answers.Count);
        Assert.Equal(1, answers[0].Sequence);
        Assert.True(answers[0].Paid);
    }

    [Theory]
    [InlineData("序号,结果,原因\r\n一,成功,\r\n", "第 2 行")]
    [InlineData("序号,结果,原因\r\n1,也许,\r\n", "第 2 行")]
    [InlineData("序号,结果,金额\r\n1,成功,12.345\r\n", "第 2 行")]
    [InlineData("序号,结果,金额\r\n1,成功,-5\r\n", "第 2 行")]
    [InlineData("姓名,金额\r\n张三,5\r\n", "file")]
    [InlineData("PK not a workbook", "file")]
    public void An_answer_that_cannot_be_read_is_refused_with_its_row(string csv, string field)
    {
        var invalid = Assert.Throws<InvalidInputException>(() => BankReturnFile.Parse(Stream(csv)));
        Assert.Equal([field], invalid.Errors.Keys);
    }

    [Fact]
    public void A_name_cannot_become_a_formula_of_the_bank_s_spreadsheet()
    {
        var file = new BankFile("N", "dibao", Month.Of(2026, 7), [new BankLine(1, "=cmd|'/c calc'!A1", "", "622", "A\"B,C", Money.FromYuan(1))], Money.FromYuan(1), "h");
        var csv = Encoding.UTF8.GetString(BankFiles.Csv(file, "低保"));
        Assert.Contains("1,'=cmd|'/c calc'!A1,,622,\"A\"\"B,C\",1.00", csv, StringComparison.Ordinal);
    }

    /// <summary>A household that has been granted 820 a month from July, after the closing day of June.</summary>
    private async Task PaidHouseholdAsync(string name)
    {
        var hand = await world.FileAsync(name);
        await world.StepAsync(async (services, token) =>
        {
            var file = await services.GetRequiredService<IUnitOfWork>().Set<Case>().FirstAsync(c => c.Number == hand.Number, token);
            await services.GetRequiredService<ILocks>().LockCaseAsync(file.Id, token);
            return await services.GetRequiredService<BenefitService>().StartAsync(
                file, "dibao", Month.Of(2026, 7), Money.FromYuan(820), Id<IssuedDocument>.New(), null, token);
        });
        await world.OnAsync<BenefitService, int>(s => s.CloseMonthForAllAsync(
            Actor.System("test"), Month.Of(2026, 7), TestContext.Current.CancellationToken));
    }

    private static MemoryStream Stream(string text)
    {
        var stream = new MemoryStream();
        stream.Write(Encoding.UTF8.GetBytes(text));
        return stream;
    }

    private Task<PageClient> SignedInAsync(string who) =>
        new PageClient(world.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true })).SignInAsync(who, StaffWorld.Password);
}
