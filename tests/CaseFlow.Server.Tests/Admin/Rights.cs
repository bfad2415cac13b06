using System.Net;

namespace CaseFlow.Server.Tests.Admin;

/// <summary>Who reads and who changes the administration: role by page.</summary>
public sealed class Rights(AdminWorld admin) : IClassFixture<AdminWorld>
{
    private static readonly string[] Readable =
    [
        "/admin", "/admin/accounts", "/admin/organisation", "/admin/standards", "/admin/authority", "/admin/texts", "/admin/templates", "/admin/calendars",
        "/admin/changes", "/admin/workflows", "/admin/messages", "/admin/incidents", "/admin/audit", "/admin/audit?view=reads", "/admin/clock",
        "/admin/templates/edit?key=dibao%2Fconfirmation-notice", "/admin/templates/sheet?key=dibao%2Fconfirmation-notice", "/admin/audit/export.csv",
    ];

    private static readonly string[] Changing =
    [
        "/admin/standards/edit?key=dibao.standard&area=Urban", "/admin/texts/edit?key=court", "/admin/calendars/edit?year=2027", "/admin/authority/edit?code=D1", "/admin/authority/edit",
    ];

    [Theory]
    [InlineData("sysadmin")]
    [InlineData("director")]
    [InlineData("auditor")]
    public async Task Administrator_director_and_discipline_officer_read_every_page(string who)
    {
        foreach (var page in Readable)
        {
            Assert.Equal((page, HttpStatusCode.OK), (page, (await admin.OpenAsync(who, page)).Status));
        }
    }

    [Theory]
    [InlineData("sysadmin", HttpStatusCode.OK)]
    [InlineData("director", HttpStatusCode.OK)]
    [InlineData("auditor", HttpStatusCode.NotFound)]
    public async Task Only_administrator_and_director_draft_changes_of_the_policy(string who, HttpStatusCode expected)
    {
        foreach (var page in Changing)
        {
            Assert.Equal((page, expected), (page, (await admin.OpenAsync(who, page)).Status));
        }
    }

    [Theory]
    [InlineData("sysadmin", HttpStatusCode.OK)]
    [InlineData("director", HttpStatusCode.Forbidden)]
    [InlineData("auditor", HttpStatusCode.Forbidden)]
    public async Task Only_the_administrator_opens_accounts(string who, HttpStatusCode expected) =>
        Assert.Equal(expected, (await admin.OpenAsync(who, "/admin/accounts/new")).Status);

    [Theory]
    [InlineData("d-leader")]
    [InlineData("zhaomin")]
    [InlineData("sunli")]
    [InlineData("donglin")]
    public async Task Posts_that_work_on_cases_have_no_administration(string who)
    {
        foreach (var page in Readable.Concat(Changing).Append("/admin/accounts/new"))
        {
            Assert.Equal((page, HttpStatusCode.Forbidden), (page, (await admin.OpenAsync(who, page)).Status));
        }
    }

    [Fact]
    public async Task Nobody_is_led_to_the_sign_in()
    {
        foreach (var page in Readable.Concat(Changing))
        {
            Assert.StartsWith("/sign-in", (await admin.Nobody().OpenAsync(page)).Address, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_administrator_opens_no_case_and_no_task()
    {
        var file = await admin.World.FileAsync("韩春梅");
        var task = await file.OpenAsync("acceptance");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.OpenAsync("sysadmin", $"/staff/cases/{file.Number}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.OpenAsync("sysadmin", $"/staff/tasks/{task.Id}")).Status);
        Assert.DoesNotContain("韩春梅", (await admin.OpenAsync("sysadmin", "/staff/cases?q=韩春梅")).Html.Replace("value=\"韩春梅\"", "", StringComparison.Ordinal).Replace("“韩春梅”", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/standards/edit?key=dibao.standard&area=Urban", "figure")]
    [InlineData("/admin/texts/edit?key=court", "text")]
    [InlineData("/admin/authority/edit?code=D1", "rule")]
    [InlineData("/admin/calendars/edit?year=2027", "calendar")]
    [InlineData("/admin/templates/edit?key=dibao%2Fconfirmation-notice", "template")]
    [InlineData("/admin/organisation/new", "unit")]
    [InlineData("/admin/accounts/new", "account")]
    [InlineData("/admin/audit", "verify")]
    public async Task A_form_without_its_token_changes_nothing(string page, string form)
    {
        var session = await admin.OpenAsync("sysadmin", page);
        await session.SendAsync(form, null, ("__RequestVerificationToken", "forged"));
        Assert.Equal(HttpStatusCode.BadRequest, session.Status);
    }

    [Fact]
    public async Task The_preview_of_a_template_wants_the_token_too()
    {
        using var client = admin.Program();
        using var content = new FormUrlEncodedContent([new("Input.Text", "<p>x</p>")]);
        using var answer = await client.PostAsync(new Uri("/admin/templates/sheet?key=dibao%2Fconfirmation-notice", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }
}
