using System.Globalization;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Components;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Admin.Accounts;

/// <summary>One account: its posts, its access.</summary>
public sealed partial class AccountDetailPage
{
    private readonly FormErrors errors = new();
    private Account? account;
    private List<PostAssignment> posts = [];
    private Dictionary<Id<OrganisationUnit>, OrganisationUnit> units = [];
    private string? link;

    /// <summary>The account.</summary>
    [Parameter]
    public Guid AccountId { get; set; }

    /// <summary>A post to give.</summary>
    [SupplyParameterFromForm(FormName = "post")]
    public PostInput? Post { get; set; }

    /// <summary>Why the account is closed or reopened.</summary>
    [SupplyParameterFromForm(FormName = "close")]
    public CloseInput? Close { get; set; }

    /// <summary>The request.</summary>
    [CascadingParameter]
    public HttpContext Context { get; set; } = default!;

    [Inject]
    private IUnitOfWork Work { get; set; } = default!;

    [Inject]
    private OrganisationService Organisation { get; set; } = default!;

    [Inject]
    private PasswordReset Reset { get; set; } = default!;

    [Inject]
    private IBusinessClock Clock { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private CurrentActor Current { get; set; } = default!;

    [Inject]
    private Flash Flash { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private PostInput GivenPost => Post ??= new();

    private CloseInput Closing => Close ??= new();

    private bool MayChange => Current.Required.Holds(PostKind.SystemAdmin);

    private IReadOnlyList<Choice> Bodies => [.. units.Values.OrderBy(u => u.Level).ThenBy(u => u.Code).Select(u => new Choice(u.Id.ToString(), u.ShortName))];

    private IReadOnlyList<Choice> Kinds => [.. Enum.GetValues<PostKind>().Select(k => new Choice(k.ToString(), T.Of(k)))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var id = new Id<Account>(AccountId);
        account = await Work.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, Context.RequestAborted);
        if (account is null)
        {
            Navigation.NotFound();
            return;
        }

        units = await Work.Set<OrganisationUnit>().AsNoTracking().ToDictionaryAsync(o => o.Id, Context.RequestAborted);
        posts = await Work.Set<PostAssignment>().AsNoTracking().Where(p => p.AccountId == id).OrderByDescending(p => p.ValidFrom).ToListAsync(Context.RequestAborted);
    }

    private async Task ResetAsync() => link = await Reset.ResetAsync(Current.Required, account!.Id, Context.RequestAborted);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private async Task GivePostAsync()
    {
        if (!Id<OrganisationUnit>.TryParse(GivenPost.Organisation, out var organisation))
        {
            errors.Add("Post.Organisation", T["Accounts.Body"], T["Accounts.Choose"]);
        }

        if (!Enum.TryParse<PostKind>(GivenPost.Kind, out var kind))
        {
            errors.Add("Post.Kind", T["Accounts.Post"], T["Accounts.Choose"]);
        }

        var from = Day(GivenPost.From);
        if (from is null)
        {
            errors.Add("Post.From", T["Accounts.From"], T["Accounts.NoDay"]);
        }

        if (errors.Any)
        {
            return;
        }

        var post = new PostAssignment
        {
            AccountId = account!.Id,
            OrganisationId = organisation,
            Post = kind,
            JobTitle = GivenPost.JobTitle?.Trim() ?? "",
            ValidFrom = from!.Value,
            ValidTo = Day(GivenPost.To),
        };
        try
        {
            await Organisation.AssignPostAsync(Current.Required, post, Context.RequestAborted);
        }
        catch (InvalidInputException invalid)
        {
            foreach (var (field, messages) in invalid.Errors)
            {
                var (name, label) = field switch
                {
                    "validTo" => ("Post.To", "Accounts.Until"),
                    "kind" => ("Post.Kind", "Accounts.Post"),
                    _ => ("Post.Organisation", "Accounts.Body"),
                };
                errors.Add(name, T[label], string.Join(" ", messages));
            }

            return;
        }
        catch (RefusedException refused)
        {
            errors.Add("Post.Kind", T["Accounts.Post"], refused.Refusal.Message);
            return;
        }

        Done("Accounts.PostGiven");
    }

    private async Task EndPostAsync(PostAssignment post)
    {
        int? seen = int.TryParse(Context.Request.Form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
        await Organisation.EndPostAsync(Current.Required, post.Id, Clock.Today.AddDays(-1), seen, Context.RequestAborted);
        Done("Accounts.PostEnded");
    }

    private async Task CloseAsync()
    {
        if (string.IsNullOrWhiteSpace(Closing.Reason))
        {
            errors.Add("Close.Reason", T["Accounts.Reason"], T["SignIn.Missing"]);
            return;
        }

        await Organisation.SetDisabledAsync(Current.Required, account!.Id, !account.Disabled, Closing.Reason.Trim(), Closing.Revision, Context.RequestAborted);
        Done(account.Disabled ? "Accounts.ReopenedDone" : "Accounts.ClosedDone");
    }

    private void Done(string key)
    {
        Flash.Set(new FlashMessage(T[key, account!.DisplayName]));
        Navigation.NavigateTo($"/admin/accounts/{account.Id}");
    }

    /// <summary>A post to give.</summary>
    public sealed class PostInput
    {
        /// <summary>The body.</summary>
        public string? Organisation { get; set; }

        /// <summary>The post.</summary>
        public string? Kind { get; set; }

        /// <summary>Title for display.</summary>
        public string? JobTitle { get; set; }

        /// <summary>First day.</summary>
        public string? From { get; set; }

        /// <summary>Last day, if it is known.</summary>
        public string? To { get; set; }
    }

    /// <summary>Why an account is closed or reopened.</summary>
    public sealed class CloseInput
    {
        /// <summary>The reason.</summary>
        public string? Reason { get; set; }

        /// <summary>The account's revision on the page.</summary>
        public int? Revision { get; set; }
    }
}
