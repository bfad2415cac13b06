using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using CaseFlow.Server.Components;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Staff.Tasks;
using CaseFlow.Server.Texts;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Staff.Payments;

/// <summary>The page of one list: shows it, and asks the payment service for what was posted.</summary>
public sealed partial class PaymentListPage
{
    [Inject] private PaymentsReader Reader { get; set; } = default!;

    [Inject] private PaymentService Payments { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private IBusinessClock BusinessClock { get; set; } = default!;

    [Inject] private Flash Flash { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    /// <summary>Number of the list.</summary>
    [Parameter] public string Number { get; set; } = "";

    /// <summary>Which lines: <c>changed</c>, <c>new</c>, <c>adjusted</c>, <c>stopped</c>, <c>extra</c>, <c>failed</c> or <c>all</c>.</summary>
    [SupplyParameterFromQuery(Name = "show")] public string? Only { get; set; }

    private PaymentListView? View { get; set; }

    private FormErrors Errors { get; } = new();

    private TaskTrouble? Trouble { get; set; }

    private string Shown => Only is { } show && Wanted.ContainsKey(show) ? show : View!.Sheet.Lines.Any(l => Wanted["changed"](l.Line)) ? "changed" : "all";

    private bool MayCorrect => Current.Required.Holds(PostKind.CaseHandler) || Current.Required.Holds(PostKind.FinanceOfficer);

    private static Dictionary<string, Func<PaymentLine, bool>> Wanted { get; } = new(StringComparer.Ordinal)
    {
        ["changed"] = l => l.Change is not PaymentChange.Unchanged || l.Adjustment != Money.Zero || l.Deducted != Money.Zero,
        ["new"] = l => l.Change is PaymentChange.New,
        ["adjusted"] = l => l.Change is PaymentChange.Raised or PaymentChange.Lowered,
        ["stopped"] = l => l.Change is PaymentChange.Stopped,
        ["extra"] = l => l.Adjustment != Money.Zero || l.Deducted != Money.Zero,
        ["failed"] = l => l.State is PaymentLineState.Failed,
        ["all"] = _ => true,
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        View = await Reader.ListAsync(Number, Http.RequestAborted);
        if (View is null)
        {
            Navigation.NotFound();
        }
    }

    private Refusal? WhyNot(PaymentVerb verb) => PaymentRights.WhyNot(verb, View!.Batch, Current.Required);

    private IEnumerable<PaymentLine> Lines(PaymentSheet sheet) => sheet.Lines.Select(l => l.Line).Where(Wanted[Shown]);

    private static IEnumerable<(string Key, int Count)> Filters(PaymentSheet sheet) => Wanted
        .Select(w => (w.Key, Count: sheet.Lines.Count(l => w.Value(l.Line))))
        .Where(f => f.Count > 0 || f.Key == "all");

    private List<StepperStep> Way(PaymentBatch batch)
    {
        var today = BusinessClock.Today;
        (string Name, bool Done, string? When)[] steps =
        [
            (T["Pay.Step.Open"], true, T["Pay.BySystem", Show.Moment(batch.OpenedAt, today)]),
            (T["Pay.Step.Freeze"], batch.FrozenAt is not null, By(batch.FrozenAt, batch.FrozenByName)),
            (T["Pay.Step.Sign"], batch.SignedAt is not null, By(batch.SignedAt, batch.SignedByName)),
            (T["Pay.Step.Export"], batch.ExportedAt is not null, By(batch.ExportedAt, batch.ExportedByName)),
            (T["Pay.Step.Settle"], batch.SettledAt is not null, By(batch.SettledAt, null)),
        ];
        var now = Array.FindIndex(steps, s => !s.Done);
        return [.. steps.Select((s, i) => new StepperStep(s.Name, s.Done ? StepState.Done : i == now ? StepState.Current : StepState.ToCome, s.When))];

        string? By(DateTimeOffset? at, string? who) => at is { } moment ? $"{Show.Moment(moment, today)} {who}" : null;
    }

    private static string Grouped(string hash) => string.Join(' ', Enumerable.Range(0, 4).Select(i => hash.Substring(i * 4, 4)));

    private static Tone ToneOf(PaymentLine line) => line.Change switch
    {
        PaymentChange.New => Tone.Good,
        PaymentChange.Raised or PaymentChange.Lowered => Tone.Attention,
        PaymentChange.Stopped => Tone.Bad,
        _ => Tone.Over,
    };

    private static string? IconOf(PaymentLine line) => line.Change switch
    {
        PaymentChange.New => "plus",
        PaymentChange.Raised => "arrow-up",
        PaymentChange.Lowered => "arrow-down",
        PaymentChange.Stopped => "x",
        _ => null,
    };

    private async Task ActAsync(PaymentVerb verb)
    {
        try
        {
            var receipt = await DoAsync(verb);
            Flash.Set(new FlashMessage(receipt.Message));
            Navigation.NavigateTo($"/staff/payments/lists/{Number}");
        }
        catch (InvalidInputException invalid)
        {
            foreach (var (field, messages) in invalid.Errors)
            {
                // What is wrong in a row of the bank's file is told at the field of the file, with the row.
                var (at, label) = field switch
                {
                    "reason" => (field, T["Pay.ReopenReason"].Value),
                    "file" => (field, T["Pay.ReturnFile"].Value),
                    _ => ("file", field),
                };
                Errors.Add(at, label, string.Join(' ', messages));
            }
        }
        catch (RefusedException refused)
        {
            Trouble = new TaskTrouble(Tone.Bad, T["Trouble.Refused"], refused.Refusal.Message);
        }
        catch (ConflictException conflict)
        {
            View = await Reader.ListAsync(Number, Http.RequestAborted);
            Trouble = new TaskTrouble(Tone.Attention, T["Trouble.Conflict"], conflict.Message);
        }
    }

    private async Task<PaymentReceipt> DoAsync(PaymentVerb verb)
    {
        var form = Http.Request.Form;
        var (actor, id, stop) = (Current.Required, View!.Batch.Id, Http.RequestAborted);
        var operation = Guid.TryParse(form["operationId"], out var given) ? given : Guid.NewGuid();
        return verb switch
        {
            PaymentVerb.Freeze => await Payments.FreezeAsync(actor, id, form["hash"].ToString(), operation, stop),
            PaymentVerb.Sign => await Payments.SignAsync(actor, id, form["hash"].ToString(), operation, stop),
            PaymentVerb.Reopen => await Payments.ReopenAsync(actor, id, form["reason"].ToString(), operation, stop),
            _ => await Payments.SettleAsync(actor, id, await BankReturnFile.ReadAsync(form.Files.GetFile("file"), stop), operation, stop),
        };
    }
}
