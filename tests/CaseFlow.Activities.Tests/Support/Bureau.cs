using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Activities.Tests.Support;

/// <summary>A small bureau: the district, one street with a community, one township with a village, and their people.</summary>
public sealed class Bureau
{
    private readonly Dictionary<string, Id<Account>> _accounts = new(StringComparer.Ordinal);

    public OrganisationUnit District { get; } = new()
    {
        Code = "220502",
        Name = "通化市东昌区民政局",
        ShortName = "区民政局",
        BodyCode = "东民",
        Level = OrganisationLevel.District,
        Phone = "0435-5550100",
    };

    public OrganisationUnit Street { get; } = new()
    {
        Code = "220502004",
        Name = "通化市东昌区团结街道办事处",
        ShortName = "团结街道",
        BodyCode = "东团",
        Level = OrganisationLevel.Township,
        Phone = "0435-5550101",
    };

    public OrganisationUnit Community { get; } = new()
    {
        Code = "220502004001",
        Name = "东岭社区",
        ShortName = "东岭社区",
        BodyCode = "",
        Level = OrganisationLevel.Community,
        AreaType = AreaType.Urban,
        Phone = "0435-5550111",
    };

    public OrganisationUnit Township { get; } = new()
    {
        Code = "220502100",
        Name = "通化市东昌区金厂镇人民政府",
        ShortName = "金厂镇",
        BodyCode = "东金",
        Level = OrganisationLevel.Township,
        Phone = "0435-5550102",
    };

    public OrganisationUnit Village { get; } = new()
    {
        Code = "220502100201",
        Name = "夹皮沟村（演示）",
        ShortName = "夹皮沟村（演示）",
        BodyCode = "",
        Level = OrganisationLevel.Community,
        AreaType = AreaType.Rural,
        Phone = "0435-5550112",
    };

    /// <summary>The account of somebody by short name: <c>clerk</c>, <c>handler</c>, <c>handler2</c>, <c>handler3</c>, <c>reviewer</c>, <c>leader</c>, <c>d-handler</c> ...</summary>
    public Id<Account> this[string name] => _accounts[name];

    public void Open(IUnitOfWork work)
    {
        Street.ParentId = District.Id;
        Township.ParentId = District.Id;
        Community.ParentId = Street.Id;
        Village.ParentId = Township.Id;
        work.Set<OrganisationUnit>().AddRange(District, Street, Township, Community, Village);
        Staff(work, "clerk", PostKind.WindowClerk, Street);
        Staff(work, "handler", PostKind.CaseHandler, Street);
        Staff(work, "handler2", PostKind.CaseHandler, Street);
        Staff(work, "handler3", PostKind.CaseHandler, Street);
        Staff(work, "reviewer", PostKind.Reviewer, Street);
        Staff(work, "leader", PostKind.LeaderInCharge, Street);
        Staff(work, "t-handler", PostKind.CaseHandler, Township);
        Staff(work, "t-leader", PostKind.LeaderInCharge, Township);
        Staff(work, "d-handler", PostKind.CaseHandler, District);
        Staff(work, "d-handler2", PostKind.CaseHandler, District);
        Staff(work, "d-reviewer", PostKind.Reviewer, District);
        Staff(work, "d-leader", PostKind.LeaderInCharge, District);
        Staff(work, "finance", PostKind.FinanceOfficer, District);
        Staff(work, "director", PostKind.BureauDirector, District);
        Staff(work, "auditor", PostKind.DisciplineOfficer, District);
        Staff(work, "admin", PostKind.SystemAdmin, District);
        Account(work, "citizen", AccountKind.Citizen);
        Account(work, "stranger", AccountKind.Citizen);
    }

    public void Staff(IUnitOfWork work, string name, PostKind post, OrganisationUnit unit)
    {
        var account = _accounts.TryGetValue(name, out var known) ? known : Account(work, name, AccountKind.Staff);
        work.Set<PostAssignment>().Add(new PostAssignment
        {
            AccountId = account,
            Post = post,
            OrganisationId = unit.Id,
            ValidFrom = new DateOnly(2020, 1, 1),
        });
    }

    private Id<Account> Account(IUnitOfWork work, string name, AccountKind kind)
    {
        var account = new Account { UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = name, Kind = kind };
        work.Set<Account>().Add(account);
        _accounts[name] = account.Id;
        return account.Id;
    }
}
