using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Tests;

public sealed class ScopeOnSqlite() : ScopeTests(DatabaseKind.Sqlite);

[Trait("needs", "postgres")]
public sealed class ScopeOnPostgres() : ScopeTests(DatabaseKind.Postgres);

public abstract class ScopeTests(DatabaseKind kind)
{
    private static readonly OrganisationUnit Here = Given.Township("220502004");
    private static readonly OrganisationUnit There = Given.Township("220502003");
    private static readonly OrganisationUnit Bureau = new() { ShortName = "区民政局", Level = OrganisationLevel.District };
    private static readonly OrganisationUnit Village = new() { ShortName = "东岭社区", Level = OrganisationLevel.Community, ParentId = Here.Id };
    private static readonly Id<OrganisationUnit> Community = Village.Id;
    private static readonly Dictionary<string, CaseTypeGroup> CaseTypes = new()
    {
        ["dibao"] = CaseTypeGroup.General,
        ["orphan"] = CaseTypeGroup.Children,
        ["registration"] = CaseTypeGroup.SocialOrganisation,
    };

    private static readonly Id<Account> Agent = Id<Account>.New();

    [Fact]
    public async Task Where_no_scope_was_entered_nothing_is_found()
    {
        await using var host = await WorldAsync();
        Assert.Equal("", await SeenAsync(host, null));
        Assert.Equal(0, await host.ReadAsync(null, db => db.Set<WorkTask>().CountAsync(TestHost.Stop)));
        Assert.Equal(0, await host.ReadAsync(null, db => db.Set<Objection>().CountAsync(TestHost.Stop)));
        Assert.Equal(0, await host.ReadAsync(null, db => db.Set<OutboxMessage>().CountAsync(TestHost.Stop)));
    }

    [Theory]
    [InlineData("system", "child here,dibao filed by agent,dibao here,dibao there")]
    [InlineData("township", "dibao filed by agent,dibao here")]
    [InlineData("other township", "dibao there")]
    [InlineData("district", "dibao filed by agent,dibao here,dibao there")]
    [InlineData("children's supervisor here", "child here")]
    [InlineData("community", "dibao here")]
    [InlineData("children without sensitivity", "")]
    [InlineData("administrator", "")]
    [InlineData("applicant", "dibao here")]
    [InlineData("agent", "dibao filed by agent")]
    public async Task Each_scope_sees_its_cases_and_their_tasks_and_documents(string who, string expected)
    {
        await using var host = await WorldAsync();
        var scope = await ScopeOfAsync(host, who);
        Assert.Equal(expected, await SeenAsync(host, scope));
        var count = expected.Length == 0 ? 0 : expected.Split(',').Length;
        Assert.Equal(count, await host.ReadAsync(scope, db => db.Set<WorkTask>().CountAsync(TestHost.Stop)));
        Assert.Equal(count, await host.ReadAsync(scope, db => db.Set<IssuedDocument>().CountAsync(TestHost.Stop)));
        Assert.Equal(count, await host.ReadAsync(scope, db => db.Set<Procedure>().CountAsync(TestHost.Stop)));
    }

    [Theory]
    [InlineData(PostKind.WindowClerk, "here", "dibao filed by agent,dibao here")]
    [InlineData(PostKind.CaseHandler, "here", "dibao filed by agent,dibao here")]
    [InlineData(PostKind.CaseHandler, "there", "dibao there")]
    [InlineData(PostKind.Reviewer, "here", "dibao filed by agent,dibao here")]
    [InlineData(PostKind.Reviewer, "district", "dibao filed by agent,dibao here,dibao there")]
    [InlineData(PostKind.LeaderInCharge, "there", "dibao there")]
    [InlineData(PostKind.LeaderInCharge, "district", "child here,dibao filed by agent,dibao here,dibao there")]
    [InlineData(PostKind.BureauDirector, "district", "dibao filed by agent,dibao here,dibao there")]
    [InlineData(PostKind.CommunityAssistant, "community", "dibao here")]
    [InlineData(PostKind.ChildSupervisor, "here", "child here")]
    [InlineData(PostKind.ChildSupervisor, "there", "")]
    [InlineData(PostKind.SocialOrgRegistrar, "district", "")]
    [InlineData(PostKind.DisciplineOfficer, "district", "child here,dibao filed by agent,dibao here,dibao there")]
    [InlineData(PostKind.ArchiveClerk, "district", "")]
    [InlineData(PostKind.SystemAdmin, "district", "")]
    public async Task Each_post_at_each_body_reads_what_the_domain_gives_it(PostKind post, string where, string expected)
    {
        await using var host = await WorldAsync();
        var scope = ScopeRule.ForStaff([At(post, where)], new ScopeContext([Bureau, Here, There, Village], CaseTypes));
        Assert.Equal(expected, await SeenAsync(host, scope));
        var count = expected.Length == 0 ? 0 : expected.Split(',').Length;
        Assert.Equal(count, await host.ReadAsync(scope, db => db.Set<WorkTask>().CountAsync(TestHost.Stop)));
        Assert.Equal(count, await host.ReadAsync(scope, db => db.Set<IssuedDocument>().CountAsync(TestHost.Stop)));
    }

    [Theory]
    [InlineData(PostKind.CaseHandler, "here", 2)]
    [InlineData(PostKind.WindowClerk, "here", 1)]
    [InlineData(PostKind.CommunityAssistant, "community", 1)]
    public async Task Papers_that_hold_income_are_hidden_from_village_and_window(PostKind post, string where, int expected)
    {
        await using var host = await WorldAsync();
        var one = await host.ReadAsync(db => db.Set<Case>().Where(c => c.ApplicantName == "dibao here").Select(c => c.Id).SingleAsync(TestHost.Stop));
        await host.StepAsync((db, _) => Task.FromResult(db.Set<IssuedDocument>().Add(new IssuedDocument { CaseId = one, TemplateKey = "dibao/preliminary-opinion" }).Entity));
        var scope = ScopeRule.ForStaff([At(post, where)], new ScopeContext([Bureau, Here, There, Village], CaseTypes));
        Assert.Equal(expected, await host.ReadAsync(scope, db => db.Set<IssuedDocument>().CountAsync(d => d.CaseId == one, TestHost.Stop)));
    }

    [Theory]
    [InlineData("township", 2)]
    [InlineData("community", 0)]
    [InlineData("applicant", 0)]
    public async Task Who_objected_is_hidden_from_applicant_and_village(string who, int expected)
    {
        await using var host = await WorldAsync();
        Assert.Equal(expected, await host.ReadAsync(await ScopeOfAsync(host, who), db => db.Set<Objection>().CountAsync(TestHost.Stop)));
    }

    [Fact]
    public async Task One_context_of_the_pool_serves_scopes_one_after_another_without_mixing_them()
    {
        await using var host = await WorldAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("dibao there", await SeenAsync(host, await ScopeOfAsync(host, "other township")));
            Assert.Equal("", await SeenAsync(host, null));
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_case_that_moves_takes_all_its_tasks_out_of_the_old_scope_into_the_new(bool tasksWereRead, bool andChanged)
    {
        await using var host = await WorldAsync();
        await host.StepAsync(async (db, _) =>
        {
            var moving = await db.Set<Case>().SingleAsync(c => c.ApplicantName == "dibao here", TestHost.Stop);
            var tasks = tasksWereRead ? await db.Set<WorkTask>().Where(t => t.CaseId == moving.Id).ToListAsync(TestHost.Stop) : [];
            tasks.ForEach(t => t.Name = andChanged ? "moved" : t.Name);
            (moving.OrganisationId, moving.CommunityId) = (There.Id, null);
            return 0;
        });
        Assert.Equal(1, await TasksAsync("township"));
        Assert.Equal(2, await TasksAsync("other township"));
        Assert.Equal(0, await TasksAsync("community"));
        Assert.Equal(1, await TasksAsync("applicant"));

        async Task<int> TasksAsync(string who) =>
            await host.ReadAsync(await ScopeOfAsync(host, who), db => db.Set<WorkTask>().CountAsync(TestHost.Stop));
    }

    private static Task<string> SeenAsync(TestHost host, DataScope? scope) => host.ReadAsync(scope, async db =>
        string.Join(',', (await db.Set<Case>().Select(c => c.ApplicantName).ToListAsync(TestHost.Stop)).Order(StringComparer.Ordinal)));

    private static async Task<DataScope> ScopeOfAsync(TestHost host, string who) => who switch
    {
        "system" => DataScope.System("test"),
        "township" => new DataScope { Organisations = [Here.Id], CaseTypes = ["dibao", "relief"] },
        "other township" => new DataScope { Organisations = [There.Id], CaseTypes = ["dibao"] },
        "district" => new DataScope { Organisations = [Here.Id, There.Id], CaseTypes = ["dibao"] },
        "children's supervisor here" => new DataScope { Organisations = [Here.Id], CaseTypes = ["orphan"], Sensitive = true },
        "children without sensitivity" => new DataScope { Organisations = [Here.Id], CaseTypes = ["orphan"] },
        "community" => new DataScope { Communities = [Community], CaseTypes = ["dibao"] },
        "administrator" => new DataScope { Operations = true },
        "applicant" => new DataScope
        {
            PersonId = await host.ReadAsync(db => db.Set<Case>().Where(c => c.ApplicantName == "dibao here").Select(c => c.ApplicantId).SingleAsync(TestHost.Stop)),
        },
        "agent" => new DataScope { AccountId = Agent },
        _ => throw new ArgumentOutOfRangeException(nameof(who)),
    };

    private static PostInForce At(PostKind post, string where)
    {
        var body = where switch { "here" => Here, "there" => There, "community" => Village, _ => Bureau };
        return new PostInForce(Id<PostAssignment>.New(), post, body.Id, body.ShortName, body.Level, "");
    }

    private async Task<TestHost> WorldAsync()
    {
        var host = await TestHost.StartAsync(kind);
        await WithRowsAsync(host, await Given.CaseAsync(host, Here, c => Name(c, "dibao here").CommunityId = Community));
        await WithRowsAsync(host, await Given.CaseAsync(host, There, c => Name(c, "dibao there")));
        await WithRowsAsync(host, await Given.CaseAsync(host, Here, c => Name(c, "child here").Sensitive = true, "orphan"));
        await WithRowsAsync(host, await Given.CaseAsync(host, Here, c => Name(c, "dibao filed by agent").FiledBy = Agent));
        return host;
    }

    private static Case Name(Case made, string name)
    {
        made.ApplicantName = name;
        return made;
    }

    private static async Task WithRowsAsync(TestHost host, Case of)
    {
        await Given.TaskAsync(host, of);
        await host.StepAsync((db, _) =>
        {
            db.Set<IssuedDocument>().Add(new IssuedDocument { CaseId = of.Id, TemplateKey = "dibao/acceptance-notice" });
            var notice = db.Set<PublicNotice>().Add(new PublicNotice { CaseId = of.Id }).Entity;
            db.Set<Objection>().Add(new Objection { CaseId = of.Id, NoticeId = notice.Id, ReceiptNumber = of.Number });
            db.Set<OutboxMessage>().Add(new OutboxMessage { CaseId = of.Id, EventKey = of.Number, MessageKey = of.Number });
            return Task.FromResult(0);
        });
    }
}
