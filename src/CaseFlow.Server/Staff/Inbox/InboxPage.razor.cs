using System.Globalization;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CaseFlow.Server.Staff.Inbox;

/// <summary>The inbox: which queue, which page, which line is looked at; all of it in the address.</summary>
public sealed partial class InboxPage
{
    private const int PageSize = 50;

    private static readonly InboxFilter[] Queues =
        [InboxFilter.Mine, InboxFilter.Pool, InboxFilter.Overdue, InboxFilter.DueSoon, InboxFilter.Returned, InboxFilter.Done];

    [Inject] private InboxQuery Inbox { get; set; } = default!;

    [Inject] private InboxRowReader Lines { get; set; } = default!;

    [Inject] private InboxChoices Choices { get; set; } = default!;

    [Inject] private SummaryReader Summaries { get; set; } = default!;

    [Inject] private ITaskService Tasks { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private WorkingDays Days { get; set; } = default!;

    [Inject] private IBusinessClock BusinessClock { get; set; } = default!;

    [Inject] private Flash Flash { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    /// <summary>The queue; those that are with me if none is named.</summary>
    [Parameter] public string? Queue { get; set; }

    /// <summary>Only this case type.</summary>
    [SupplyParameterFromQuery(Name = "type")] public string? Type { get; set; }

    /// <summary>Only this step.</summary>
    [SupplyParameterFromQuery(Name = "step")] public string? Step { get; set; }

    /// <summary>Keys of the pages before this one, the last of them where it begins.</summary>
    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    /// <summary>The line whose summary is shown.</summary>
    [SupplyParameterFromQuery(Name = "task")] public string? TaskParameter { get; set; }

    private InboxFilter Filter { get; set; }

    /// <summary>Whether the address names a queue; a page that is not found draws no form.</summary>
    private bool Found { get; set; }

    private string Name => Filter.ToString();

    private IReadOnlyDictionary<InboxFilter, int> Counts { get; set; } = new Dictionary<InboxFilter, int>();

    private IReadOnlyList<InboxRow> Rows { get; set; } = [];

    private IReadOnlyList<Choice> Types { get; set; } = [];

    private IReadOnlyList<Choice> Steps { get; set; } = [];

    private TaskSummary? Summary { get; set; }

    private int Total { get; set; }

    private string? NextKey { get; set; }

    private Id<WorkTask>? First { get; set; }

    private Id<WorkTask>? Selected => Id<WorkTask>.TryParse(TaskParameter, out var id) ? id : null;

    private bool Narrowed => Type is not null || Step is not null;

    private bool Hides => Current.Required.Scope.Mask.HasFlag(FieldMask.Economy);

    private DateOnly Today => BusinessClock.Today;

    private string[] Keys => (After ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!TryQueue(out var filter))
        {
            Navigation.NotFound();
            return;
        }

        (Filter, Found) = (filter, true);
        var actor = Current.Required;
        var stop = Http.RequestAborted;
        await Days.LoadAsync(stop);
        var narrowing = new InboxNarrowing(Blank(Type), Blank(Step));
        Counts = await Inbox.CountsAsync(actor, stop);
        Total = await Inbox.CountAsync(actor, Filter, narrowing, stop);
        var page = await Inbox.PageAsync(actor, Filter, narrowing, Keys.LastOrDefault(), PageSize, stop);
        Rows = await Lines.ReadAsync(actor, page.Items, stop);
        NextKey = page.Next;
        (Types, Steps) = await Choices.ReadAsync(actor, stop);
        First = Filter is InboxFilter.Done || Rows.Count == 0 ? null : Rows[0].Item.TaskId;
        Summary = Selected is { } id ? await Summaries.ReadAsync(actor, id, stop) : null;
    }

    private static string? Blank(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private bool TryQueue(out InboxFilter filter)
    {
        filter = InboxFilter.Mine;
        return Queue is null || (Enum.TryParse(Queue, ignoreCase: true, out filter) && Queues.Contains(filter) && !int.TryParse(Queue, CultureInfo.InvariantCulture, out _));
    }

    private string? NextHref => NextKey is { } key ? Address(Filter, Type, Step, after: string.Join(';', [.. Keys, key])) : null;

    private string? PreviousHref => Keys.Length > 0 ? Address(Filter, Type, Step, after: string.Join(';', Keys[..^1])) : null;

    private static string Address(InboxFilter filter, string? type = null, string? step = null, string? after = null, Id<WorkTask>? task = null)
    {
        var path = filter is InboxFilter.Mine ? "/staff/inbox" : $"/staff/inbox/{filter.ToString().ToLowerInvariant()}";
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["type"] = Blank(type),
            ["step"] = Blank(step),
            ["after"] = Blank(after),
            ["task"] = task?.ToString(),
        };
        return QueryHelpers.AddQueryString(path, query.Where(q => q.Value is not null));
    }

    private string TypeName(string type) => Types.FirstOrDefault(t => t.Value == type)?.Label ?? type;

    private static string NameOf(InboxItem item) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && item.NameEn.Length > 0 ? item.NameEn : item.Name;

    private static string IconOf(InboxFilter filter) => filter switch
    {
        InboxFilter.Mine => "inbox",
        InboxFilter.Pool => "hand-grab",
        InboxFilter.Overdue => "alert-triangle",
        InboxFilter.DueSoon => "clock-exclamation",
        InboxFilter.Returned => "arrow-back-up",
        _ => "checks",
    };

    private async Task ClaimAsync()
    {
        var form = Http.Request.Form;
        var parts = form["claim"].ToString().Split(':');
        if (parts.Length != 2 || !Id<WorkTask>.TryParse(parts[0], out var id) || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var revision))
        {
            return;
        }

        var row = Rows.FirstOrDefault(r => r.Item.TaskId == id);
        _ = Guid.TryParse(form["operationId"], out var operation);
        try
        {
            var request = new TaskRequest(id, TaskVerb.Claim, revision, 0, operation == Guid.Empty ? Guid.NewGuid() : operation);
            var receipt = await Tasks.PerformAsync(Current.Required, request, Http.RequestAborted);
            Flash.Set(new FlashMessage($"{row?.Item.ApplicantName}　{receipt.Message}", Links: [new FlashLink($"/staff/tasks/{id}", T["Inbox.OpenNow"])]));
        }
        catch (RefusedException refused)
        {
            Flash.Set(new FlashMessage(T["Trouble.Refused"], refused.Refusal.Message, Tone.Bad));
        }
        catch (ConflictException conflict)
        {
            Flash.Set(new FlashMessage(T["Trouble.Conflict"], conflict.Message, Tone.Attention));
        }

        Navigation.NavigateTo(Navigation.PathAndQuery());
    }
}
