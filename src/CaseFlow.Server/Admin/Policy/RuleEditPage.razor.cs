using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using CaseFlow.Server.Components;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Texts;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Admin.Policy;

/// <summary>A new row, or a new version of a row, of the delegation table, or its end.</summary>
public sealed partial class RuleEditPage
{
    private static readonly PostKind[] RoutePosts =
        [PostKind.WindowClerk, PostKind.CaseHandler, PostKind.Reviewer, PostKind.LeaderInCharge, PostKind.BureauDirector, PostKind.ChildSupervisor, PostKind.SocialOrgRegistrar];

    private static readonly string[] KnownTypes = ["dibao", "borderline", "rigid-expenditure", "relief"];
    private readonly FormErrors errors = new();
    private readonly IReadOnlyList<string> facts = [.. new AuthorityFacts { CaseType = "", DecisionDay = default }.Values().Keys];
    private PolicyState? state;
    private AuthorityRule? known;
    private PolicyChange? draft;
    private List<Choice> types = [];
    private List<Choice> posts = [];

    /// <summary>The row; nothing for a new one.</summary>
    [SupplyParameterFromQuery]
    public string? Code { get; set; }

    /// <summary>The draft to which it is added.</summary>
    [SupplyParameterFromQuery]
    public string? Change { get; set; }

    /// <summary>What was entered.</summary>
    [SupplyParameterFromForm]
    public RuleInput? Input { get; set; }

    /// <summary>The request.</summary>
    [CascadingParameter]
    public HttpContext Context { get; set; } = default!;

    [Inject]
    private PolicyPages Pages { get; set; } = default!;

    [Inject]
    private PolicyWords Words { get; set; } = default!;

    [Inject]
    private PolicyChangeService Changes { get; set; } = default!;

    [Inject]
    private CurrentActor Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private RuleInput Entered => Input ??= new();

    private SeenChange? Seen => draft is null ? null : new SeenChange(draft.Id, Entered.Revision ?? draft.Revision);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var all = await Pages.StateAsync(Context.RequestAborted);
        known = string.IsNullOrEmpty(Code) ? null : all.Newest(Code);
        draft = await Pages.DraftAsync(Change, Context.RequestAborted);
        var drafted = draft?.Content().Rules.FirstOrDefault(r => r.Code == Code);
        if (!Pages.MayChange || (!string.IsNullOrEmpty(Code) && known is null && drafted is null))
        {
            Navigation.NotFound();
            return;
        }

        state = all;
        types = [.. state.Rules.SelectMany(r => r.CaseTypes.Split(',')).Concat(KnownTypes).Distinct(StringComparer.Ordinal).Select(c => new Choice(c, Words.CaseType(c)))];
        posts =
        [
            .. new[] { OrganisationLevel.Township, OrganisationLevel.District }
                .SelectMany(level => RoutePosts.Select(post => new RoutePost(level, post)))
                .Where(p => PostRules.LevelOf(p.Post) is not { } only || only == p.Level)
                .Select(p => new Choice(Key(p), Words.Post(p))),
        ];
        Input ??= drafted is not null ? Show(drafted) : known is not null ? Show(known) : new RuleInput { Priority = "20", VerifyCount = "2", Conditions = "[]" };
    }

    private static string Key(RoutePost post) => $"{post.Level}.{post.Post}";

    private static RuleInput Show(RuleRow row)
    {
        var input = Show(row.ToEntity());
        input.From = PolicyPages.Iso(row.ValidFrom);
        input.Source = row.Source;
        input.Code = row.Code;
        return input;
    }

    private static RuleInput Show(AuthorityRule rule)
    {
        var route = AuthorityRoute.Parse(rule.RouteJson);
        return new RuleInput
        {
            Code = rule.Code,
            Description = rule.Description,
            CaseTypes = rule.CaseTypes.Split(','),
            Priority = rule.Priority.ToString(CultureInfo.InvariantCulture),
            Conditions = JsonNode.Parse(rule.ConditionsJson)!.ToJsonString(new JsonSerializerOptions(ElsaApi.ElsaJson.Options) { WriteIndented = true }),
            Verify = route.Verify.Select(Key).FirstOrDefault(),
            VerifyCount = route.Verify.Select(p => p.Count.ToString(CultureInfo.InvariantCulture)).FirstOrDefault(),
            Review1 = route.Review.Select(Key).FirstOrDefault(),
            Review2 = route.Review.Skip(1).Select(Key).FirstOrDefault(),
            Approve = route.Approve is null ? null : Key(route.Approve),
            Sampling = (route.SamplingPermyriad / 100m).ToString("0.##", CultureInfo.InvariantCulture),
            Filing = route.RecordFilingDays?.ToString(CultureInfo.InvariantCulture),
            Flags = [.. new[] { route.DistrictVisit ? "districtVisit" : null, route.Minutes ? "minutes" : null, route.CopyTo.Contains(PostKind.DisciplineOfficer) ? "discipline" : null }.OfType<string>()],
            Active = rule.Active ? "yes" : "no",
            Confirmed = rule.ToBeConfirmed ? "no" : "yes",
        };
    }

    private string InWords()
    {
        try
        {
            return Words.ConditionText(string.IsNullOrWhiteSpace(Entered.Conditions) ? "[]" : Entered.Conditions, state!);
        }
        catch (JsonException)
        {
            return "—";
        }
    }

    private async Task SaveAsync()
    {
        if (Row() is not { } row)
        {
            return;
        }

        await KeepAsync(row.Code, new PolicyContent { Rules = [row] });
    }

    private async Task EndAsync()
    {
        if (PolicyPages.Day(Entered.LastDay) is not { } last)
        {
            errors.Add("Input.LastDay", T["Changes.LastDay"], T["Accounts.NoDay"]);
            return;
        }

        await KeepAsync(known!.Code, new PolicyContent { RuleEnds = [new RuleEnd(known.Code, last)] });
    }

    private async Task KeepAsync(string code, PolicyContent content)
    {
        try
        {
            var saved = await Changes.DraftAsync(Current.Required, Seen, T["Changes.TableTitle", code], content, Context.RequestAborted);
            Navigation.NavigateTo($"/admin/changes/{saved.Id}");
        }
        catch (InvalidInputException invalid)
        {
            errors.AddPolicy(invalid, T);
        }
    }

    /// <summary>The row as entered; null where something cannot be read.</summary>
    private RuleRow? Row()
    {
        var priority = Whole("Input.Priority", "AuthorityTable.Priority", Entered.Priority, 0);
        var count = Whole("Input.VerifyCount", "AuthorityTable.VerifyCount", string.IsNullOrWhiteSpace(Entered.VerifyCount) ? "1" : Entered.VerifyCount, 1);
        var sampling = FigureEditPage.FigureInput.Read("permyriad", string.IsNullOrWhiteSpace(Entered.Sampling) ? "0" : Entered.Sampling);
        if (sampling is null or < 0 or > 10_000)
        {
            errors.Add("Input.Sampling", T["AuthorityTable.Sampling"], T["Changes.NoNumber"]);
        }

        var conditions = Json(Entered.Conditions);
        if (PolicyPages.Day(Entered.From) is not { } from)
        {
            errors.Add("Input.From", T["Changes.From"], T["Accounts.NoDay"]);
            return null;
        }

        return errors.Any || conditions is null ? null : new RuleRow(
            known?.Code ?? Entered.Code?.Trim() ?? "",
            priority,
            Entered.CaseTypes ?? [],
            conditions.Value,
            Route(count, (int)sampling!.Value),
            Entered.Description?.Trim() ?? "",
            from,
            Entered.Source?.Trim() ?? "",
            Active: Entered.Active != "no",
            ToBeConfirmed: Entered.Confirmed != "yes");
    }

    /// <summary>The route as entered; what the form does not show stays as it was.</summary>
    private JsonElement Route(int count, int sampling)
    {
        var before = known is null ? new AuthorityRoute() : AuthorityRoute.Parse(known.RouteJson);
        var flags = Entered.Flags ?? [];
        var copy = before.CopyTo.Where(p => p != PostKind.DisciplineOfficer);
        var route = before with
        {
            Verify = Post(Entered.Verify) is { } verify ? [verify with { Count = count }] : [],
            Review = [.. new[] { Post(Entered.Review1), Post(Entered.Review2) }.OfType<RoutePost>()],
            Approve = Post(Entered.Approve),
            SamplingPermyriad = sampling,
            RecordFilingDays = int.TryParse(Entered.Filing, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null,
            DistrictVisit = flags.Contains("districtVisit"),
            Minutes = flags.Contains("minutes"),
            CopyTo = [.. flags.Contains("discipline") ? copy.Append(PostKind.DisciplineOfficer) : copy],
        };
        return JsonDocument.Parse(route.ToJson()).RootElement.Clone();
    }

    private static RoutePost? Post(string? key) => key?.Split('.') is [var level, var post]
        && Enum.TryParse<OrganisationLevel>(level, out var at) && Enum.TryParse<PostKind>(post, out var kind)
        ? new RoutePost(at, kind)
        : null;

    private JsonElement? Json(string? text)
    {
        try
        {
            return JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? "[]" : text).RootElement.Clone();
        }
        catch (JsonException wrong)
        {
            errors.Add("Input.Conditions", T["AuthorityTable.Conditions"], T["AuthorityTable.NotJson", wrong.LineNumber + 1 ?? 1]);
            return null;
        }
    }

    private int Whole(string field, string label, string? text, int least)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least)
        {
            return number;
        }

        errors.Add(field, T[label], T["Changes.NoNumber"]);
        return least;
    }

    /// <summary>A row as entered.</summary>
    public sealed class RuleInput
    {
        /// <summary>Code of a new row.</summary>
        public string? Code { get; set; }

        /// <summary>What it says.</summary>
        public string? Description { get; set; }

        /// <summary>For which case types.</summary>
        public string[]? CaseTypes { get; set; }

        /// <summary>Order.</summary>
        public string? Priority { get; set; }

        /// <summary>Conditions as JSON.</summary>
        public string? Conditions { get; set; }

        /// <summary>Who verifies: level.post.</summary>
        public string? Verify { get; set; }

        /// <summary>How many persons verify.</summary>
        public string? VerifyCount { get; set; }

        /// <summary>First review.</summary>
        public string? Review1 { get; set; }

        /// <summary>Second review.</summary>
        public string? Review2 { get; set; }

        /// <summary>Who approves.</summary>
        public string? Approve { get; set; }

        /// <summary>Sampling in per cent.</summary>
        public string? Sampling { get; set; }

        /// <summary>Working days of filing.</summary>
        public string? Filing { get; set; }

        /// <summary>districtVisit, minutes, discipline.</summary>
        public string[]? Flags { get; set; }

        /// <summary>Whether it is used.</summary>
        public string? Active { get; set; }

        /// <summary>First day.</summary>
        public string? From { get; set; }

        /// <summary>The document.</summary>
        public string? Source { get; set; }

        /// <summary>Whether the bureau has confirmed it.</summary>
        public string? Confirmed { get; set; }

        /// <summary>Last day of a row that ends.</summary>
        public string? LastDay { get; set; }

        /// <summary>The draft's revision on the page.</summary>
        public int? Revision { get; set; }
    }
}
