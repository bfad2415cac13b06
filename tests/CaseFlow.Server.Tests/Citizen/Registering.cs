using System.Net;
using System.Text.RegularExpressions;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Server.Tests.Citizen.Support;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Registered = CaseFlow.Cases.People.Person;

namespace CaseFlow.Server.Tests.Citizen;

/// <summary>Accounts that citizens open themselves, and what it takes until they open a case.</summary>
public sealed partial class Registering(StaffWorld world) : IClassFixture<StaffWorld>
{
    private const string NewPassword = "一句记得住的话 2026";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Who registers.</summary>
    public sealed record Person(string Name, string IdNumber);

    [Fact]
    public async Task The_code_that_was_mailed_opens_the_account()
    {
        var page = await RegisterAsync(world, "reg-1", new Person("李凤英", world.IdNumber("19600101", true)));
        Assert.Equal("/my/account", page.Address);
        Assert.Contains("身份还没有核验", page.Html, StringComparison.Ordinal);
        var again = new CitizenBrowser(world).Page;
        await again.SignInAsync("reg-1", StaffWorld.Password, "/my");
        Assert.Equal("/my", again.Address);
    }

    [Fact]
    public async Task Before_the_code_came_back_nobody_can_sign_in_and_five_wrong_codes_end_it()
    {
        var page = await BeginAsync(world, "reg-2", new Person("李凤英", world.IdNumber("19600102", true)));
        var code = await CodeAsync(world, "reg-2@example.com");
        for (var i = 0; i < 5; i++)
        {
            await ConfirmAsync(page, code == "000000" ? "111111" : "000000");
            Assert.Contains("验证码不对", page.Html, StringComparison.Ordinal);
        }

        await ConfirmAsync(page, code);
        Assert.Contains("试得太多", page.Html, StringComparison.Ordinal);
        var other = new CitizenBrowser(world).Page;
        await other.SignInAsync("reg-2", StaffWorld.Password, "/my");
        Assert.Contains("/sign-in", other.Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input.IdNumber", "220502196001011238", "校验")]
    [InlineData("Input.Email", "nobody", "请填邮箱")]
    [InlineData("Input.UserName", "ab", "4 到 30 个字")]
    [InlineData("Input.UserName", "sunli", "已被使用")]
    [InlineData("Input.Name", "<b>", "请填姓名")]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_is_lost(string field, string value, string sentence)
    {
        var fields = new Dictionary<string, string>
        {
            ["Input.Name"] = "李凤英",
            ["Input.IdNumber"] = world.IdNumber("19600103", true),
            ["Input.Email"] = "reg-3@example.com",
            ["Input.UserName"] = "reg-3",
            [field] = value,
        };
        var page = new CitizenBrowser(world).Page;
        await page.OpenAsync("/my/register");
        await page.SendAsync("register", null, [.. fields.Select(f => (f.Key, f.Value))]);
        Assert.Equal("/my/register", page.Address);
        Assert.Contains(sentence, page.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{fields["Input.IdNumber"]}\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_and_number_of_a_person_on_file_open_none_of_that_persons_cases()
    {
        var file = await world.FileAsync("周秀芳");
        var person = await PersonAsync(file);
        var page = await RegisterAsync(world, "reg-4", new Person(person.Name, person.IdNumber));
        await page.OpenAsync("/my");
        Assert.DoesNotContain(file.Number, page.Html, StringComparison.Ordinal);
        await page.OpenAsync($"/my/cases/{file.Id}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Fact]
    public async Task A_code_to_the_contact_taken_at_the_counter_proves_who_it_is()
    {
        var file = await world.FileAsync("吴桂香");
        var person = await PersonAsync(file, "wu.guixiang@example.com");
        var page = await RegisterAsync(world, "reg-5", new Person(person.Name, person.IdNumber));
        await page.SendAsync("ask-proof", null);
        Assert.Contains("如果窗口登记有您的邮箱", page.Html, StringComparison.Ordinal);
        await page.SendAsync("prove", null, ("Input.Code", await CodeAsync(world, person.Id)));
        Assert.Equal("/my", page.Address);
        Assert.Contains(file.Number, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_contact_on_file_the_answer_is_the_same_and_no_mail_leaves()
    {
        var page = await RegisterAsync(world, "reg-6", new Person("无此人", world.IdNumber("19600106", true)));
        var before = await MailsAsync();
        await page.SendAsync("ask-proof", null);
        Assert.Contains("如果窗口登记有您的邮箱", page.Html, StringComparison.Ordinal);
        Assert.Equal(before, await MailsAsync());
    }

    [Fact]
    public async Task A_contact_that_came_in_online_proves_nothing()
    {
        await world.OpenCitizenAsync("stranger", "陌生人");
        var file = await world.FileOnlineAsync("stranger", "郑玉华");
        var person = await PersonAsync(file, "stranger@example.com");
        var page = await RegisterAsync(world, "reg-7", new Person(person.Name, person.IdNumber));
        var before = await MailsAsync();
        await page.SendAsync("ask-proof", null);
        Assert.Equal(before, await MailsAsync());
    }

    [Fact]
    public async Task At_the_counter_a_clerk_who_has_seen_the_card_binds_the_account_and_the_audit_says_so()
    {
        var file = await world.FileAsync("孟秀英");
        var person = await PersonAsync(file);
        await RegisterAsync(world, "reg-8", new Person(person.Name, person.IdNumber));
        var clerk = new CitizenBrowser(world).Page;
        await clerk.SignInAsync("sunli", StaffWorld.Password, "/staff/intake/identity");
        await clerk.SendAsync("identity", null, ("Input.UserName", "reg-8"), ("Input.Name", person.Name), ("Input.IdNumber", world.IdNumber("19600108", true)));
        Assert.Contains("与证件不一致", clerk.Html, StringComparison.Ordinal);
        await clerk.SendAsync("identity", null, ("Input.UserName", "reg-8"), ("Input.Name", person.Name), ("Input.IdNumber", person.IdNumber));
        Assert.Contains("已核验账号“reg-8”", clerk.Html, StringComparison.Ordinal);
        var citizen = await CitizenBrowser.SignedInAsync(world, "reg-8");
        Assert.Contains(file.Number, citizen.Page.Html, StringComparison.Ordinal);
        var entries = await world.OnAsync<IUnitOfWork, int>(w => w.Set<AuditEntry>().CountAsync(a => a.Action == "account.prove" && a.ActorText.Contains("孙丽"), Stop));
        Assert.Equal(1, entries);
    }

    [Fact]
    public async Task Only_a_window_verifies_accounts()
    {
        var leader = new CitizenBrowser(world).Page;
        await leader.SignInAsync("zhaomin", StaffWorld.Password, "/staff/intake/identity");
        Assert.Equal(HttpStatusCode.NotFound, leader.Status);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_by_a_link_that_is_mailed_and_works_once()
    {
        await RegisterAsync(world, "reg-9", new Person("宋立新", world.IdNumber("19600109", false)));
        var page = new CitizenBrowser(world).Page;
        await page.OpenAsync("/my/password/forgot");
        await page.SendAsync("forgot", null, ("Input.UserName", "reg-9"), ("Input.Email", "REG-9@example.com"));
        Assert.Contains("如果登录名和邮箱都对", page.Html, StringComparison.Ordinal);
        var mail = await LastMailAsync(world, "reg-9@example.com");
        Assert.DoesNotContain("低保", mail.Subject, StringComparison.Ordinal);
        var link = new Uri(Link().Match(mail.Body).Value).PathAndQuery;
        await page.OpenAsync(link);
        await page.SendAsync("first-password", null, ("Input.Password", NewPassword), ("Input.Repeated", NewPassword));
        var fresh = new CitizenBrowser(world).Page;
        await fresh.SignInAsync("reg-9", NewPassword, "/my");
        Assert.Equal("/my", fresh.Address);
        await page.OpenAsync(link);
        Assert.Contains("这个链接已经用过或已过期", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_address_gets_the_same_answer_and_no_mail()
    {
        await RegisterAsync(world, "reg-10", new Person("高淑琴", world.IdNumber("19600110", true)));
        var before = await MailsAsync();
        var page = new CitizenBrowser(world).Page;
        foreach (var (name, email) in new[] { ("reg-10", "someone@example.com"), ("no-such-name", "reg-10@example.com"), ("sunli", "sunli@example.com") })
        {
            await page.OpenAsync("/my/password/forgot");
            await page.SendAsync("forgot", null, ("Input.UserName", name), ("Input.Email", email));
            Assert.Contains("如果登录名和邮箱都对", page.Html, StringComparison.Ordinal);
        }

        Assert.Equal(before, await MailsAsync());
    }

    /// <summary>Registers and enters the code; the password is everybody's of the world.</summary>
    internal static async Task<PageClient> RegisterAsync(StaffWorld world, string userName, Person person)
    {
        var page = await BeginAsync(world, userName, person);
        await ConfirmAsync(page, await CodeAsync(world, $"{userName}@example.com"));
        return page;
    }

    private static async Task<PageClient> BeginAsync(StaffWorld world, string userName, Person person)
    {
        var page = new CitizenBrowser(world).Page;
        await page.OpenAsync("/my/register");
        await page.SendAsync(
            "register", null, ("Input.Name", person.Name), ("Input.IdNumber", person.IdNumber), ("Input.Email", $"{userName}@example.com"), ("Input.UserName", userName));
        Assert.Contains("验证码已发到", page.Html, StringComparison.Ordinal);
        return page;
    }

    private static Task<PageClient> ConfirmAsync(PageClient page, string code) =>
        page.SendAsync("register-code", null, ("Input.Code", code), ("Input.Password", StaffWorld.Password), ("Input.Repeated", StaffWorld.Password));

    private static async Task<string> CodeAsync(StaffWorld world, string email) => Digits().Match((await LastMailAsync(world, email)).Body).Value;

    private static async Task<string> CodeAsync(StaffWorld world, Id<Registered> person) => Digits().Match(await world.OnAsync<IUnitOfWork, string>(w =>
        w.Set<OutboxMessage>().AsNoTracking().Where(m => m.PersonId == person && m.CaseId == null).OrderByDescending(m => m.Id).Select(m => m.Body).FirstAsync(Stop))).Value;

    private static Task<OutboxMessage> LastMailAsync(StaffWorld world, string email) => world.OnAsync<IUnitOfWork, OutboxMessage>(w =>
        w.Set<OutboxMessage>().AsNoTracking()
            .Where(m => w.Set<Account>().Any(a => a.Id == m.AccountId && a.Email == email))
            .OrderByDescending(m => m.Id).FirstAsync(Stop));

    private Task<int> MailsAsync() => world.OnAsync<IUnitOfWork, int>(w => w.Set<OutboxMessage>().CountAsync(m => m.CaseId == null, Stop));

    private async Task<Registered> PersonAsync(CaseInHand file, string? email = null)
    {
        var applicant = (await file.CaseAsync()).ApplicantId;
        return await world.StepAsync(async (services, token) =>
        {
            var person = await services.GetRequiredService<IUnitOfWork>().Set<Registered>().FirstAsync(p => p.Id == applicant, token);
            person.Email = email ?? person.Email;
            return person;
        });
    }

    [GeneratedRegex(@"\b\d{6}\b", RegexOptions.None, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
