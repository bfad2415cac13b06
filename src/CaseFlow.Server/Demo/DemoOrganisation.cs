using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.Demo;

/// <summary>
/// The bodies of the demo: the district with its real streets and townships (codes as of 2021). Communities are real where a
/// public source names them; all others carry （演示）.
/// </summary>
internal static class DemoOrganisation
{
    /// <summary>Code of the district.</summary>
    public const string DistrictCode = "220502";

    private static readonly DemoTownship[] All =
    [
        new("001", "东昌街道", "dongchang", "东昌办", ["东昌第一社区（演示）", "东昌第二社区（演示）"]),
        new("002", "民主街道", "minzhu", "民主办", ["民主第一社区（演示）", "民主第二社区（演示）"]),
        new("003", "老站街道", "laozhan", "老站办", ["新园社区", "景泰社区", "洞泉社区", "和平社区", "站前社区"]),
        new("004", "团结街道", "tuanjie", "团结办", ["东岭社区", "团结第二社区（演示）"]),
        new("005", "新站街道", "xinzhan", "新站办", ["新站第一社区（演示）"]),
        new("006", "光明街道", "guangming", "光明办", ["光明第一社区（演示）"]),
        new("007", "龙泉街道", "longquan", "龙泉办", ["龙泉第一社区（演示）"]),
        new("008", "陆港街道", "lugang", "陆港办", ["陆港第一社区（演示）"]),
        new("009", "滨江街道", "binjiang", "滨江办", ["滨江第一社区（演示）"]),
        new("100", "金厂镇", "jinchang", "金厂政", ["金厂第一村（演示）", "金厂第二村（演示）"], Rural: true),
        new("200", "环通乡", "huantong", "环通政", ["环通第一村（演示）", "环通第二村（演示）"], Rural: true),
        new("201", "江东乡", "jiangdong", "江东政", ["江东第一村（演示）"], Rural: true),
    ];

    /// <summary>The streets and townships in the order of their codes.</summary>
    public static IReadOnlyList<DemoTownship> Townships => All;

    /// <summary>All bodies, those above before those below.</summary>
    public static IReadOnlyList<OrganisationUnit> Units()
    {
        var district = new OrganisationUnit
        {
            Code = DistrictCode,
            Name = "通化市东昌区民政局",
            ShortName = "东昌区民政局",
            BodyCode = "东民",
            Level = OrganisationLevel.District,
            Phone = "0435-0000000",
            Address = "通化市东昌区（演示地址）",
        };
        var units = new List<OrganisationUnit> { district };
        foreach (var (township, index) in All.Select((t, i) => (t, i)))
        {
            var street = Township(township, index, district.Id);
            units.Add(street);
            units.AddRange(township.Communities.Select((name, i) => Community(township, name, i, street.Id)));
        }

        return units;
    }

    private static OrganisationUnit Township(DemoTownship township, int index, Id<OrganisationUnit> district) => new()
    {
        Code = DistrictCode + township.Code,
        Name = township.Name + (township.Rural ? "人民政府" : "办事处"),
        ShortName = township.Name,
        BodyCode = township.BodyCode,
        Level = OrganisationLevel.Township,
        AreaType = township.Rural ? AreaType.Rural : AreaType.Urban,
        ParentId = district,
        Phone = $"0435-00000{index + 1:D2}",
        Address = $"{township.Name}便民服务大厅（演示地址）",
    };

    private static OrganisationUnit Community(DemoTownship township, string name, int index, Id<OrganisationUnit> parent) => new()
    {
        Code = $"{DistrictCode}{township.Code}{(township.Rural ? 200 : 0) + index + 1:D3}",
        Name = name + (township.Rural ? "村民委员会" : "居民委员会"),
        ShortName = name,
        Level = OrganisationLevel.Community,
        AreaType = township.Rural ? AreaType.Rural : AreaType.Urban,
        ParentId = parent,
    };
}

/// <summary>A street or township of the demo.</summary>
/// <param name="Code">Three digits after the district's code.</param>
/// <param name="Name">Short name.</param>
/// <param name="Slug">Beginning of its sign-in names.</param>
/// <param name="BodyCode">Beginning of its official numbers.</param>
/// <param name="Communities">Its communities or villages.</param>
/// <param name="Rural">Whether the rural standard holds.</param>
internal sealed record DemoTownship(
    string Code, string Name, string Slug, string BodyCode, IReadOnlyList<string> Communities, bool Rural = false);
