using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Organisation;

/// <summary>The level at which a body acts.</summary>
public enum OrganisationLevel
{
    /// <summary>区: the civil-affairs bureau and its offices.</summary>
    District,

    /// <summary>乡镇 or 街道: one level in the law.</summary>
    Township,

    /// <summary>社区 or 村: assists only, decides nothing.</summary>
    Community,
}

/// <summary>Which dibao standard holds.</summary>
public enum AreaType
{
    /// <summary>城市.</summary>
    Urban,

    /// <summary>农村.</summary>
    Rural,
}

/// <summary>A body of the bureau's tree: the bureau itself, a township or street, a community or village.</summary>
public sealed class OrganisationUnit
{
    /// <summary>Stands for the code of the district until its administrator has entered it.</summary>
    public const string UnknownDistrictCode = "000000";

    /// <summary>Identity.</summary>
    public Id<OrganisationUnit> Id { get; set; } = Id<OrganisationUnit>.New();

    /// <summary>Administrative code: 6 digits for the district, 9 for a township, 12 for a community.</summary>
    public string Code { get; set; } = "";

    /// <summary>Full Chinese name, for example 团结街道办事处.</summary>
    public string Name { get; set; } = "";

    /// <summary>Short name for lists, for example 团结街道.</summary>
    public string ShortName { get; set; } = "";

    /// <summary>The character(s) that begin its official numbers, for example 东民.</summary>
    public string BodyCode { get; set; } = "";

    /// <summary>Level.</summary>
    public OrganisationLevel Level { get; set; }

    /// <summary>Urban or rural; meaningful for communities.</summary>
    public AreaType AreaType { get; set; }

    /// <summary>The body above; null for the district.</summary>
    public Id<OrganisationUnit>? ParentId { get; set; }

    /// <summary>Telephone shown to citizens.</summary>
    public string Phone { get; set; } = "";

    /// <summary>Address shown to citizens.</summary>
    public string Address { get; set; } = "";

    /// <summary>Raised by each change; a stale write is refused.</summary>
    public int Revision { get; set; }
}
