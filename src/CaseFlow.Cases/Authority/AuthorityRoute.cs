using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Authority;

/// <summary>A post at a level.</summary>
/// <param name="Level">Level.</param>
/// <param name="Post">Post.</param>
/// <param name="Count">How many different persons; survey needs two.</param>
public sealed record RoutePost(OrganisationLevel Level, PostKind Post, int Count = 1)
{
    /// <summary>For people: 乡镇（街道）分管领导.</summary>
    public override string ToString() => LevelName(Level) + PostNames.Of(Post);

    private static string LevelName(OrganisationLevel level) => level switch
    {
        OrganisationLevel.District => "区民政局",
        OrganisationLevel.Township => "乡镇（街道）",
        _ => "社区（村）",
    };
}

/// <summary>Who verifies, reviews and approves, and what else a rule demands.</summary>
public sealed record AuthorityRoute
{
    /// <summary>True for a row of the duty table: it adds to the route of the first match and decides nothing.</summary>
    public bool DutyOnly { get; init; }

    /// <summary>Who verifies.</summary>
    public IReadOnlyList<RoutePost> Verify { get; init; } = [];

    /// <summary>Who reviews, in this order.</summary>
    public IReadOnlyList<RoutePost> Review { get; init; } = [];

    /// <summary>Who approves; null only for duties.</summary>
    public RoutePost? Approve { get; init; }

    /// <summary>The district must visit the household itself (Dibao-57 Art. 20).</summary>
    public bool DistrictVisit { get; init; }

    /// <summary>Level that pays; null where nothing is paid by this decision itself.</summary>
    public OrganisationLevel? Pays { get; init; }

    /// <summary>Whose name stands on the decision: <c>own</c> of the approving body, or <c>district</c>.</summary>
    public string ActingName { get; init; } = "own";

    /// <summary>What a cap is compared with: <c>perPerson</c>.</summary>
    public string? CapBasis { get; init; }

    /// <summary>Working days in which the decision is filed for record with the district; null if it is not.</summary>
    public int? RecordFilingDays { get; init; }

    /// <summary>Minutes of a meeting are an obligatory document.</summary>
    public bool Minutes { get; init; }

    /// <summary>Posts that get a copy.</summary>
    public IReadOnlyList<PostKind> CopyTo { get; init; } = [];

    /// <summary>Part of the decisions that is inspected, in parts per ten thousand.</summary>
    public int SamplingPermyriad { get; init; }

    /// <summary>Duties in words, added by all matching duty rows.</summary>
    public IReadOnlyList<string> Duties { get; init; } = [];

    private static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads a route.</summary>
    /// <exception cref="InvalidInputException">It is not in the format, or names nobody who approves.</exception>
    public static AuthorityRoute Parse(string json)
    {
        AuthorityRoute? route;
        try
        {
            route = JsonSerializer.Deserialize<AuthorityRoute>(json, Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException("/route", $"办理路径的格式不对：{exception.Message}");
        }

        return route is { DutyOnly: true } or { Approve: not null }
            ? route
            : throw new InvalidInputException("/route/approve", "办理路径没有写明由谁审批。");
    }

    /// <summary>The route as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>This route with what a duty row adds.</summary>
    internal AuthorityRoute With(AuthorityRoute duty) => this with
    {
        DistrictVisit = DistrictVisit || duty.DistrictVisit,
        Minutes = Minutes || duty.Minutes,
        RecordFilingDays = RecordFilingDays ?? duty.RecordFilingDays,
        CopyTo = [.. CopyTo.Union(duty.CopyTo)],
        SamplingPermyriad = Math.Max(SamplingPermyriad, duty.SamplingPermyriad),
        Duties = [.. Duties, .. duty.Duties],
    };
}
