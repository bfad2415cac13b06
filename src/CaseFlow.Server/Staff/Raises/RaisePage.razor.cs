using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Raises;
using CaseFlow.Server.Components;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Staff.Tasks;
using CaseFlow.Server.Texts;
using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Staff.Raises;

/// <summary>The page of one raise: shows it, and asks the service for what was posted.</summary>
public sealed partial class RaisePage
{
    [Inject] private RaisesReader Reader { get; set; } = default!;

    [Inject] private RaiseService Raises { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private IBusinessClock BusinessClock { get; set; } = default!;

    [Inject] private Flash Flash { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    /// <summary>Number of the raise.</summary>
    [Parameter] public string Number { get; set; } = "";

    private RaiseView? View { get; set; }

    private FormErrors Errors { get; } = new();

    private TaskTrouble? Trouble { get; set; }

    /// <summary>The verbs of the state; whoever may not is told why. What needs no explanation is not shown at all.</summary>
    private IEnumerable<RaiseVerb> Verbs => View!.Raise.State switch
    {
        StandardRaiseState.Draft => View.Sheet.Raised.Any() ? [RaiseVerb.Approve] : [],
        StandardRaiseState.Approved => WhyNot(RaiseVerb.Reopen) is null ? [RaiseVerb.Sign, RaiseVerb.Reopen] : [RaiseVerb.Sign],
        StandardRaiseState.Done when View.Sheet.Left.Any() && WhyNot(RaiseVerb.Repeat) is null => [RaiseVerb.Repeat],
        _ => [],
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        View = RaiseRights.MaySee(Current.Required) ? await Reader.FindAsync(Number, Http.RequestAborted) : null;
        if (View is null)
        {
            Navigation.NotFound();
        }
    }

    private Refusal? WhyNot(RaiseVerb verb) => RaiseRights.WhyNot(verb, View!.Raise, Current.Required);

    private RenderFragment Holder(StandardRaiseLine line) => builder =>
    {
        if (View!.Numbers.TryGetValue(line.CaseId, out var number))
        {
            builder.OpenElement(0, "a");
            builder.AddAttribute(1, "class", "row-link b");
            builder.AddAttribute(2, "href", $"/staff/cases/{number}");
            builder.AddContent(3, line.Name);
            builder.CloseElement();
            builder.OpenElement(5, "div");
            builder.AddAttribute(6, "class", "small muted tn");
            builder.AddContent(7, number);
            builder.CloseElement();
        }
        else
        {
            builder.AddContent(4, line.Name);
        }
    };

    private List<StepperStep> Way(StandardRaise raise)
    {
        var today = BusinessClock.Today;
        (string Name, DateTimeOffset? At, string? Who)[] steps =
        [
            (T["Raise.Step.Open"], raise.OpenedAt, null),
            (T["Raise.Step.Approve"], raise.ApprovedAt, raise.ApprovedByName),
            (T["Raise.Step.Sign"], raise.SignedAt, raise.SignedByName),
            (T["Raise.Step.Done"], raise.DoneAt, null),
        ];
        var now = Array.FindIndex(steps, s => s.At is null);
        return [.. steps.Select((s, i) => new StepperStep(
            s.Name, s.At is not null ? StepState.Done : i == now ? StepState.Current : StepState.ToCome, s.At is { } at ? $"{Show.Moment(at, today)} {s.Who}" : null))];
    }

    private async Task ActAsync(RaiseVerb verb)
    {
        try
        {
            var receipt = await DoAsync(verb);
            Flash.Set(new FlashMessage(receipt.Message));
            Navigation.NavigateTo($"/staff/payments/raises/{receipt.Number}");
        }
        catch (InvalidInputException invalid)
        {
            foreach (var (field, messages) in invalid.Errors)
            {
                Errors.Add(field, T["Raise.ReopenReason"], string.Join(' ', messages));
            }
        }
        catch (RefusedException refused)
        {
            Trouble = new TaskTrouble(Tone.Bad, T["Trouble.Refused"], refused.Refusal.Message);
        }
        catch (ConflictException conflict)
        {
            View = await Reader.FindAsync(Number, Http.RequestAborted);
            Trouble = new TaskTrouble(Tone.Attention, T["Trouble.Conflict"], conflict.Message);
        }
    }

    private Task<RaiseReceipt> DoAsync(RaiseVerb verb)
    {
        var form = Http.Request.Form;
        var (actor, id, stop) = (Current.Required, View!.Raise.Id, Http.RequestAborted);
        var operation = Guid.TryParse(form["operationId"], out var given) ? given : Guid.NewGuid();
        return verb switch
        {
            RaiseVerb.Approve => Raises.ApproveAsync(actor, id, form["hash"].ToString(), operation, stop),
            RaiseVerb.Sign => Raises.SignAsync(actor, id, form["hash"].ToString(), operation, stop),
            RaiseVerb.Reopen => Raises.ReopenAsync(actor, id, form["reason"].ToString(), operation, stop),
            _ => Raises.RepeatAsync(actor, id, operation, stop),
        };
    }
}
