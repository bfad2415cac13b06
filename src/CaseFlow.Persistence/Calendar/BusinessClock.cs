using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Calendar;

/// <summary>
/// The machine's time plus the offset in the database. The offset is read again after a second, so a clock that one server
/// moved is moved for all; reading the clock in between costs nothing.
/// </summary>
internal sealed class BusinessClock(IServiceScopeFactory scopes, Transactions transactions, IWakeUp wakeUp, TimeProvider time)
    : IBusinessClock, IClockControl
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly Lock reading = new();
    private volatile Reading? last;

    /// <inheritdoc/>
    public DateTimeOffset Now => (time.GetUtcNow() + Current().Offset).ToOffset(BusinessTime.Offset);

    /// <inheritdoc/>
    public DateOnly Today => BusinessTime.DayOf(Now);

    /// <inheritdoc/>
    public bool IsDemo => Current().IsDemo;

    /// <inheritdoc/>
    public async Task MakeDemoAsync(DateTimeOffset start, CancellationToken cancellationToken)
    {
        await transactions.RunAsync(
            "demo clock",
            async (db, stop) =>
            {
                if (await db.Set<Case>().AnyAsync(stop))
                {
                    throw new InvalidOperationException("A database that holds cases cannot become a demo.");
                }

                var row = await RowAsync(db, stop);
                row.IsDemo = true;
                row.OffsetMicroseconds = Offset(start);
                return row;
            },
            cancellationToken);
        last = null;
    }

    /// <inheritdoc/>
    public async Task MoveToAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        await transactions.RunAsync(
            "demo clock",
            async (db, stop) =>
            {
                var row = await RowAsync(db, stop);
                if (!row.IsDemo)
                {
                    throw new RefusedException("clock-not-demo", "只有演示环境可以调整业务时间。");
                }

                var offset = Offset(moment);
                if (offset < row.OffsetMicroseconds)
                {
                    throw new RefusedException("clock-backward", "业务时间只能向前调整。");
                }

                row.OffsetMicroseconds = offset;
                return row;
            },
            cancellationToken);
        last = null;
        wakeUp.Signal();
    }

    private static async Task<ClockSetting> RowAsync(CaseFlowDbContext db, CancellationToken cancellationToken) =>
        await db.Set<ClockSetting>().SingleOrDefaultAsync(cancellationToken) ?? db.Set<ClockSetting>().Add(new ClockSetting()).Entity;

    private long Offset(DateTimeOffset moment) => (moment.UtcTicks - time.GetUtcNow().UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private Reading Current()
    {
        var known = last;
        if (known is not null && time.GetElapsedTime(known.At) < Fresh)
        {
            return known;
        }

        lock (reading)
        {
            known = last;
            if (known is not null && time.GetElapsedTime(known.At) < Fresh)
            {
                return known;
            }

            using var scope = scopes.CreateScope();
            var row = scope.ServiceProvider.GetRequiredService<CaseFlowDbContext>().Set<ClockSetting>().AsNoTracking().SingleOrDefault();
            return last = new Reading(time.GetTimestamp(), TimeSpan.FromMicroseconds(row?.OffsetMicroseconds ?? 0), row?.IsDemo ?? false);
        }
    }

    private sealed record Reading(long At, TimeSpan Offset, bool IsDemo);
}
