using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Calendar;

/// <summary>Loads the holiday calendar; a few hundred rows.</summary>
public static class HolidayCalendarReader
{
    /// <summary>The calendar as it is stored now.</summary>
    public static async Task<HolidayCalendar> ReadAsync(IUnitOfWork unitOfWork, CancellationToken cancellationToken)
    {
        var days = await unitOfWork.Set<CalendarDay>().AsNoTracking().ToListAsync(cancellationToken);
        var years = await unitOfWork.Set<CalendarYear>().AsNoTracking().ToListAsync(cancellationToken);
        return new HolidayCalendar(days, years);
    }

    /// <summary>The statutory clock on the calendar as it is stored now.</summary>
    public static async Task<StatutoryClock> ReadClockAsync(IUnitOfWork unitOfWork, CancellationToken cancellationToken) =>
        new(await ReadAsync(unitOfWork, cancellationToken));
}
