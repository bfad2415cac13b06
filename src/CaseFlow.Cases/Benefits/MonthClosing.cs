using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Cases.Benefits;

/// <summary>
/// Writes the regular lines of a month when it closes: month M on the closing day of M−1 (policy, the 25th), decisions of that
/// day included; so the lines are written from the day after.
/// </summary>
internal sealed class MonthClosing(IServiceScopeFactory scopes, IBusinessClock clock) : IDueWork
{
    private const string ClosingDayKey = "payment.batchClosingDay";

    private Month? _closed;

    /// <summary>The last day whose decisions are in a month's list: in the month before, the closing day in force.</summary>
    public static async Task<DateOnly> DayOfAsync(PolicyDesk policy, Month month, CancellationToken cancellationToken)
    {
        var before = month.Plus(-1);
        var book = await policy.BookAsync(cancellationToken);
        return book.Find(ClosingDayKey, before.LastDay) is { } day && day.Value < before.LastDay.Day
            ? before.FirstDay.AddDays((int)day.Value - 1)
            : before.LastDay;
    }

    /// <inheritdoc/>
    public string Name => "month-closing";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System(Name));
        var book = await scope.ServiceProvider.GetRequiredService<PolicyDesk>().BookAsync(cancellationToken);
        var today = clock.Today;
        if (book.Find(ClosingDayKey, today) is not { } closingDay)
        {
            return 0;
        }

        var month = Month.Of(today).Plus(today.Day > closingDay.Value ? 1 : 0);
        if (_closed == month)
        {
            return 0;
        }

        var written = await scope.ServiceProvider.GetRequiredService<BenefitService>()
            .CloseMonthForAllAsync(Actor.System(Name), month, cancellationToken);
        _closed = month;
        return written;
    }
}
