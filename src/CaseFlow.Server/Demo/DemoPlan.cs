using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.Demo;

/// <summary>What happens to one household of the demo besides the ordinary way.</summary>
internal sealed record DemoFate
{
    /// <summary>The day of the application.</summary>
    public required DateOnly AppliesOn { get; init; }

    /// <summary>Its story.</summary>
    public required HouseholdStory Story { get; init; }

    /// <summary>The street or township.</summary>
    public required DemoTownship Township { get; init; }

    /// <summary>Code of the community.</summary>
    public required string CommunityCode { get; init; }

    /// <summary>Urban or rural.</summary>
    public AreaType Area => Township.Rural ? AreaType.Rural : AreaType.Urban;

    /// <summary>Papers are missing and come later, or never.</summary>
    public bool Incomplete { get; init; }

    /// <summary>The missing papers never come.</summary>
    public bool NeverCompletes { get; init; }

    /// <summary>Another body is competent.</summary>
    public bool WrongBody { get; init; }

    /// <summary>A close relative of an officer.</summary>
    public bool OfficerRelative { get; init; }

    /// <summary>Somebody objects to the notice.</summary>
    public bool Disputed { get; init; }

    /// <summary>Everybody is slow.</summary>
    public bool Slow { get; init; }

    /// <summary>The leader of the street sends the opinion back once.</summary>
    public bool Returned { get; init; }

    /// <summary>The applicant withdraws while it is investigated.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>Days after the grant on which the household reports a change; null for never.</summary>
    public int? ReportsChangeAfter { get; init; }

    /// <summary>What the change is.</summary>
    public DemoLater Later { get; init; }

    /// <summary>Code of the community to which the household moves.</summary>
    public string? MovesTo { get; init; }

    /// <summary>The account stays unclear: payment is suspended today.</summary>
    public bool StaysSuspended { get; init; }
}

/// <summary>What happens to a household in support.</summary>
internal enum DemoLater
{
    /// <summary>Its income changes a little.</summary>
    Changes,

    /// <summary>Its income exceeds the standard by far.</summary>
    Stopped,

    /// <summary>Work lifts it above the standard.</summary>
    GradualExit,

    /// <summary>It moves inside the district.</summary>
    Moves,

    /// <summary>Its account fails.</summary>
    Suspended,
}

/// <summary>Who applies when: the same for the same seed.</summary>
internal static class DemoPlan
{
    /// <summary>Households of the demo.</summary>
    public const int Households = 132;

    /// <summary>The first day.</summary>
    public static readonly DateOnly FirstDay = new(2025, 1, 6);

    /// <summary>The demo's today.</summary>
    public static readonly DateOnly Today = new(2026, 6, 15);

    private static readonly HouseholdStory[] Stories =
    [
        HouseholdStory.Single, HouseholdStory.CoupleWithChild, HouseholdStory.Elderly, HouseholdStory.Disabled, HouseholdStory.SingleParent,
        HouseholdStory.Single, HouseholdStory.Ill, HouseholdStory.CoupleWithChild, HouseholdStory.TooMuchIncome, HouseholdStory.Elderly,
        HouseholdStory.Single, HouseholdStory.TooMuchProperty,
    ];

    /// <summary>The fates in the order of their days. The last weeks are denser, so that every stage has cases today.</summary>
    public static IReadOnlyList<DemoFate> Fates(Random random)
    {
        var fates = new List<DemoFate>(Households);
        for (var i = 0; i < Households; i++)
        {
            var township = TownshipOf(i);
            var community = random.Next(township.Communities.Count);
            fates.Add(new DemoFate
            {
                AppliesOn = DayOf(i, random),
                Story = Stories[i % Stories.Length],
                Township = township,
                CommunityCode = $"{DemoOrganisation.DistrictCode}{township.Code}{(township.Rural ? 200 : 0) + community + 1:D3}",
                Incomplete = i % 10 == 3,
                NeverCompletes = i % 20 == 13,
                WrongBody = i % 33 == 17,
                OfficerRelative = i % 11 == 4,
                Disputed = i % 13 == 6,
                Slow = i % 9 == 7,
                Returned = i % 12 == 8,
                Withdrawn = i % 29 == 10,
                ReportsChangeAfter = i % 4 == 2 ? 40 + random.Next(160) : null,
                Later = (i / 4 % 5) switch { 0 => DemoLater.Stopped, 1 => DemoLater.Suspended, 2 => DemoLater.Moves, 3 => DemoLater.GradualExit, _ => DemoLater.Changes },
                MovesTo = MovesTo(township, community),
                StaysSuspended = i % 8 == 6,
            });
        }

        return [.. fates.OrderBy(f => f.AppliesOn)];
    }

    /// <summary>The first community of the next body of the same kind, where the same standard holds.</summary>
    private static string MovesTo(DemoTownship from, int community)
    {
        var same = DemoOrganisation.Townships.Where(t => t.Rural == from.Rural).ToList();
        var to = same[(same.IndexOf(from) + 1) % same.Count];
        return $"{DemoOrganisation.DistrictCode}{to.Code}{(to.Rural ? 200 : 0) + (community % to.Communities.Count) + 1:D3}";
    }

    /// <summary>The two streets with demo accounts get more, so that their inboxes look like a real morning.</summary>
    private static DemoTownship TownshipOf(int i) => (i % 6) switch
    {
        0 or 1 => DemoOrganisation.Townships[3],
        2 => DemoOrganisation.Townships[2],
        _ => DemoOrganisation.Townships[i * 7 % DemoOrganisation.Townships.Count],
    };

    private static DateOnly DayOf(int i, Random random)
    {
        const int Recent = 44;
        var span = Today.DayNumber - FirstDay.DayNumber;
        var recentSpan = 62;
        var offset = i < Households - Recent
            ? random.Next(span - recentSpan)
            : span - recentSpan + random.Next(recentSpan);
        return FirstDay.AddDays(offset);
    }
}
