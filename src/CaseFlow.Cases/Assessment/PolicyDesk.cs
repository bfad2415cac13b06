using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Assessment;

/// <summary>The policy and the calendar as they stand in this service scope; read once per scope.</summary>
public sealed class PolicyDesk(IUnitOfWork work)
{
    private PolicyBook? _book;
    private StatutoryClock? _statutoryClock;

    /// <summary>Figures and wordings.</summary>
    public async Task<PolicyBook> BookAsync(CancellationToken cancellationToken) =>
        _book ??= await PolicyReader.ReadAsync(work, cancellationToken);

    /// <summary>The clock that counts periods by the loaded calendars.</summary>
    public async Task<StatutoryClock> ClockAsync(CancellationToken cancellationToken) =>
        _statutoryClock ??= await HolidayCalendarReader.ReadClockAsync(work, cancellationToken);
}
