using System.Net;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Tests.Citizen.Support;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Citizen;

/// <summary>The application page by page, in a browser without script.</summary>
public sealed class Applying_online(StaffWorld world) : IClassFixture<StaffWorld>
{
    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 7, 7];
    private static readonly byte[] Heic = [0, 0, 0, 0x18, .. "ftypheic"u8, 0, 0, 0, 0];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_goes_from_page_to_page_and_ends_with_a_number()
    {
        await world.OpenCitizenAsync("apply-1", "赵玉兰");
        var phone = await CitizenBrowser.SignedInAsync(world, "apply-1");
        var receipt = await FillInAsync(phone, "赵玉兰");
        Assert.EndsWith("/receipt", receipt.Address, StringComparison.Ordinal);
        var file = await world.OnAsync<IUnitOfWork, Case>(w => w.Set<Case>().AsNoTracking().FirstAsync(c => c.ApplicantName == "赵玉兰", Stop));
        Assert.Contains(file.Number, receipt.Html, StringComparison.Ordinal);
        Assert.Equal(("online", "Submitted"), (file.Channel, file.Stage));
        await phone.Page.OpenAsync("/my");
        Assert.DoesNotContain("没填完的申请", phone.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_the_last_page_twice_opens_one_case()
    {
        await world.OpenCitizenAsync("apply-2", "徐凤兰");
        var phone = await CitizenBrowser.SignedInAsync(world, "apply-2");
        await FillInAsync(phone, "徐凤兰", send: false);
        await phone.Page.OpenAsync("/apply/dibao/check");
        var html = phone.Page.Html;
        var operation = System.Text.RegularExpressions.Regex.Match(html, "name=\"operationId\" value=\"([^\"]+)\"").Groups[1].Value;
        await phone.Page.SendAsync("apply", null, ("act", "next"));
        var first = phone.Page.Address;
        await phone.Page.OpenAsync("/apply/dibao/check");
        await phone.Page.SendAsync("apply", null, ("act", "next"), ("operationId", operation));
        Assert.EndsWith("/receipt", first, StringComparison.Ordinal);
        Assert.Equal(first, phone.Page.Address);
        Assert.Equal(1, await world.OnAsync<IUnitOfWork, int>(w => w.Set<Case>().CountAsync(c => c.ApplicantName == "徐凤兰", Stop)));
    }

    [Theory]
    [InlineData("f.applicant.idNumber", "220502196001011238", "校验")]
    [InlineData("f.applicant.phone", "123", "请填手机号")]
    [InlineData("f.applicant.name", "<script>alert(9)</script>", "请填姓名")]
    [InlineData("f.applicant.email", "not-a-mail", "请填电子邮箱")]
    public async Task A_mistake_is_told_on_its_own_page_and_what_was_typed_stays(string field, string value, string sentence)
    {
        var name = "mistake-" + Math.Abs(string.GetHashCode(field, StringComparison.Ordinal));
        await world.OpenCitizenAsync(name, "钱多多");
        var phone = await CitizenBrowser.SignedInAsync(world, name);
        await phone.Page.OpenAsync("/apply/dibao");
        var typed = new Dictionary<string, string> { ["f.applicant.name"] = "钱多多", ["f.applicant.idNumber"] = world.IdNumber("19600101", true), ["f.applicant.phone"] = "13800000000", [field] = value };
        await phone.Page.SendAsync("apply", null, [.. typed.Select(t => (t.Key, t.Value)), ("act", "next")]);
        Assert.Equal("/apply/dibao", phone.Page.Address);
        Assert.StartsWith("错误：", phone.Page.Title, StringComparison.Ordinal);
        Assert.Contains(sentence, phone.Page.Html, StringComparison.Ordinal);
        Assert.Contains($"#f-{field.Replace('.', '-')}", phone.Page.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{value}\"", phone.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_cannot_be_taken_are_told_one_by_one_and_the_good_one_stays()
    {
        await world.OpenCitizenAsync("apply-4", "林桂珍");
        var phone = await CitizenBrowser.SignedInAsync(world, "apply-4");
        var (status, html, _) = await phone.SendFilesAsync(
            "/apply/dibao/papers", "apply", [("act", "next")],
            ("identity", "好照片.png", Picture), ("hukou", "空.jpg", []), ("income", "手机.HEIC", Heic), ("illness", "病历.docx", "PK\u0003\u0004xxxxxxxxxxxx"u8.ToArray()),
            ("study", "太大.jpg", [0xFF, 0xD8, 0xFF, .. new byte[10 * 1024 * 1024]]));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("“空.jpg”是空的", html, StringComparison.Ordinal);
        Assert.Contains("“手机.HEIC”是 HEIC 格式", html, StringComparison.Ordinal);
        Assert.Contains("“病历.docx”不是照片或 PDF", html, StringComparison.Ordinal);
        Assert.Contains("“太大.jpg”超过 10 MB", html, StringComparison.Ordinal);
        await phone.Page.OpenAsync("/apply/dibao/papers");
        Assert.Contains("好照片.png", phone.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("病历.docx", phone.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_large_photographs_at_once_are_taken()
    {
        await world.OpenCitizenAsync("apply-5", "马玉芬");
        var phone = await CitizenBrowser.SignedInAsync(world, "apply-5");
        var photograph = new byte[9 * 1024 * 1024];
        photograph[0] = 0xFF;
        photograph[1] = 0xD8;
        photograph[2] = 0xFF;
        var files = Enumerable.Range(1, 4).Select(i =>
        {
            var one = (byte[])photograph.Clone();
            one[^1] = (byte)i;
            return ("income", $"流水{i}.jpg", one);
        }).ToArray();
        var (status, _, address) = await phone.SendFilesAsync("/apply/dibao/papers", "apply", [("act", "next")], files);
        Assert.Equal((HttpStatusCode.OK, "/apply/dibao/consent"), (status, address));
    }

    [Fact]
    public async Task A_member_can_be_added_and_taken_out_again()
    {
        await world.OpenCitizenAsync("apply-6", "韩淑芬");
        var phone = await CitizenBrowser.SignedInAsync(world, "apply-6");
        await phone.Page.OpenAsync("/apply/dibao/members");
        await phone.Page.SendAsync("apply", null, ("f.members.0.name", "李一"), ("form-add", "/members"));
        Assert.Contains("f.members.1.name", phone.Page.Html, StringComparison.Ordinal);
        await phone.Page.SendAsync("apply", null, ("f.members.0.name", "李一"), ("f.members.1.name", "李二"), ("form-drop", "/members/0"));
        Assert.DoesNotContain("李一", phone.Page.Html, StringComparison.Ordinal);
        Assert.Contains("李二", phone.Page.Html, StringComparison.Ordinal);
        await phone.Page.OpenAsync("/apply/dibao/members");
        Assert.DoesNotContain("李一", phone.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_applies_for_another_person_than_the_registered_one_names_the_agent()
    {
        var person = new Registering.Person("张桂琴", world.IdNumber("19580203", true));
        await Registering.RegisterAsync(world, "apply-7", person);
        var phone = await CitizenBrowser.SignedInAsync(world, "apply-7");
        var page = await FillInAsync(phone, "另一个人");
        Assert.Equal("/apply/dibao/check", page.Address);
        Assert.Contains("替他人申请的，请填写代理人信息", page.Html, StringComparison.Ordinal);
        Assert.Contains("/apply/dibao/agent?then=check", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_learns_by_applying_in_a_neighbours_name_whether_the_neighbour_has_a_case()
    {
        var file = await world.FileAsync("邻居甲");
        var applicant = (await file.CaseAsync()).ApplicantId;
        var number = await world.OnAsync<IUnitOfWork, string>(w => w.Set<CaseFlow.Cases.People.Person>().Where(p => p.Id == applicant).Select(p => p.IdNumber).FirstAsync(Stop));
        await world.OpenCitizenAsync("apply-8", "好奇的人");
        var phone = await CitizenBrowser.SignedInAsync(world, "apply-8");
        var page = await FillInAsync(phone, "邻居甲", idNumber: number);
        Assert.Contains("请带身份证到户籍所在街道", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Number, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("在保", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_with_yes_or_no_has_no_answer_until_somebody_gives_one()
    {
        await world.OpenCitizenAsync("apply-9", "于淑兰");
        var phone = await CitizenBrowser.SignedInAsync(world, "apply-9");
        await phone.Page.OpenAsync("/apply/dibao/health");
        Assert.Matches("type=\"radio\"[^>]*name=\"f.applicant.ableBodied\" value=\"true\"", phone.Page.Html);
        Assert.Matches("type=\"radio\"[^>]*name=\"f.applicant.ableBodied\" value=\"false\"", phone.Page.Html);
        Assert.DoesNotMatch("name=\"f.applicant.ableBodied\"[^>]* checked", phone.Page.Html);
        (string, string)[] others = [("f.applicant.seriousIllness", "false"), ("f.applicant.fullTimeStudent", "false"), ("f.applicant.uncertainIncome", "false")];
        await phone.Page.SendAsync("apply", null, [.. others, ("act", "next")]);
        Assert.Equal("/apply/dibao/health", phone.Page.Address);
        Assert.Contains("请选择是否有劳动能力？", phone.Page.Html, StringComparison.Ordinal);
        await phone.Page.SendAsync("apply", null, [.. others, ("f.applicant.ableBodied", "true"), ("act", "next")]);
        Assert.Equal("/apply/dibao/income", phone.Page.Address);
        await phone.Page.OpenAsync("/apply/dibao/health");
        Assert.Matches("name=\"f.applicant.ableBodied\" value=\"true\"[^>]* checked", phone.Page.Html);
        Assert.Matches("name=\"f.applicant.seriousIllness\" value=\"false\"[^>]* checked", phone.Page.Html);
    }

    private async Task<PageClient> FillInAsync(CitizenBrowser phone, string name, bool send = true, string? idNumber = null)
    {
        var page = phone.Page;
        await page.OpenAsync("/apply/dibao");
        await Next(("f.applicant.name", name), ("f.applicant.idNumber", idNumber ?? world.IdNumber("19670312", true)), ("f.applicant.phone", "１３８００００００７７"));
        Assert.Equal("/apply/dibao/agent", page.Address);
        await Next();
        await Next(("f.applicant.hukouCommunity", world.Community.Code), ("f.applicant.address", "东岭社区 3 组"));
        await Next();
        await Next(("f.applicant.seriousIllness", "true"), ("f.applicant.illness", "尿毒症"), ("f.applicant.fullTimeStudent", "false"), ("f.applicant.ableBodied", "false"), ("f.applicant.uncertainIncome", "false"));
        await Next(("f.incomes.0.person", "applicant"), ("f.incomes.0.kind", "Wage"), ("f.incomes.0.amount", "１，３００"), ("f.incomes.0.period", "month"));
        await Next(("f.property.dwellings", "1"), ("f.property.company", "false"));
        await Next(("f.applicant.bankName", "农业银行"), ("f.applicant.bankAccount", "6228480000000004417"));
        await Next(("f.relatives.officerRelative", "false"));
        await Next(("f.statement", "长期患病，没有稳定收入。"));
        await Next();
        await Next(("consent", "applicant"), ("commitment", "true"));
        Assert.Equal("/apply/dibao/check", page.Address);
        if (send)
        {
            await Next();
        }

        return page;

        Task<PageClient> Next(params (string Name, string Value)[] fields) => page.SendAsync("apply", null, [.. fields, ("act", "next")]);
    }
}
