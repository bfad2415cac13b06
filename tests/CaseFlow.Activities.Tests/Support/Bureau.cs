using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Activities.Tests.Support;

/// <summary>A small bureau: the district, one street with a community, one township with a village, and their people.</summary>
public sealed class Bureau
{
    private readonly Dictionary<string, Id<Account>> _accounts = new(StringComparer.Ordinal);

    public OrganisationUnit District { get; } = new()
    {
        Code = "220502", Name = "通化市东昌区民政局", ShortName = "区民政局", BodyCode = "东民", Level = OrganisationLevel.District, Phone = "0435-5550100",
    };

    public OrganisationUnit Street { get; } = new()
    {
        Code = "220502004", Name = "通化市东昌区团结街道办事处", ShortName = "团结街道", BodyCode = "东团", Level = OrganisationLevel.Township, Phone = "0435-5550101",
    };

    public OrganisationUnit Community { get; } = new()
    {
        Code = "220502004001", Name = "东岭社区", ShortName = "东岭社区", BodyCode = "", Level = OrganisationLevel.Community, AreaType = AreaType.Urban, Phone = "0435-5550111",
    };

    public OrganisationUnit Township { get; } = new()
    {
        Code = "220502100", Name = "通化市东昌区金厂镇人民政府", ShortName = "金厂镇", BodyCode = "东金", Level = OrganisationLevel.Township, Phone = "0435-5550102",
    };

    public OrganisationUnit Village { get; } = new()
    {
        Code = "220502100201", Name = "夹皮沟村（演示）", ShortName = "夹皮沟村（演示）", BodyCode = "", Level = OrganisationLevel.Community, AreaType = AreaType.Rural, Phone = "0435-5550112",
    };

    /// <summary>The account of somebody by short name: <c>clerk</c>, <c>handler</c>, <c>handler2</c>, <c>reviewer</c>, <c>leader</c>, <c>d-handler</c> ...</summary>
    public Id<Account> this[string name] => _accounts[name];

    public static Task<Bureau> Add(IUnitOfWork work)
    {
        var bureau = new Bureau();
        bureau.Street.ParentId = bureau.District.Id;
        bureau.Township.ParentId = bureau.District.Id;
        bureau.Community.ParentId = bureau.Street.Id;
        bureau.Village.ParentId = bureau.Township.Id;
        work.Set<OrganisationUnit>().AddRange(bureau.District, bureau.Street, bureau.Township, bureau.Community, bureau.Village);
        bureau.Staff(work, "clerk", PostKind.WindowClerk, bureau.Street);
        bureau.Staff(work, "handler", PostKind.CaseHandler, bureau.Street);
        bureau.Staff(work, "handler2", PostKind.CaseHandler, bureau.Street);
        bureau.Staff(work, "reviewer", PostKind.Reviewer, bureau.Street);
        bureau.Staff(work, "leader", PostKind.LeaderInCharge, bureau.Street);
        bureau.Staff(work, "t-handler", PostKind.CaseHandler, bureau.Township);
        bureau.Staff(work, "t-leader", PostKind.LeaderInCharge, bureau.Township);
        bureau.Staff(work, "d-handler", PostKind.CaseHandler, bureau.District);
        bureau.Staff(work, "d-handler2", PostKind.CaseHandler, bureau.District);
        bureau.Staff(work, "d-reviewer", PostKind.Reviewer, bureau.District);
        bureau.Staff(work, "d-leader", PostKind.LeaderInCharge, bureau.District);
        bureau.Staff(work, "director", PostKind.BureauDirector, bureau.District);
        bureau.Staff(work, "auditor", PostKind.DisciplineOfficer, bureau.District);
        bureau.Staff(work, "admin", PostKind.SystemAdmin, bureau.District);
        bureau.Account(work, "citizen", AccountKind.Citizen);
        bureau.Account(work, "stranger", AccountKind.Citizen);
        return Task.FromResult(bureau);
    }

    public void Staff(IUnitOfWork work, string name, PostKind post, OrganisationUnit unit)
    {
        var account = _accounts.TryGetValue(name, out var known) ? known : Account(work, name, AccountKind.Staff);
        work.Set<PostAssignment>().Add(new PostAssignment
        {
            AccountId = account, Post = post, OrganisationId = unit.Id, ValidFrom = new DateOnly(2020, 1, 1),
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
