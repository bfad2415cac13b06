using CaseFlow.Cases.Calendar;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class CalendarMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<CalendarDay>(e =>
        {
            e.ToTable("CalendarDays");
            e.HasKey(d => d.Date);
        });
        model.Entity<CalendarYear>(e =>
        {
            e.ToTable("CalendarYears");
            e.HasKey(y => y.Year);
            e.Property(y => y.Year).ValueGeneratedNever();
        });
        model.Entity<Deadline>(e =>
        {
            e.ToTable("Deadlines");
            e.OfCase(d => d.CaseId);
            e.HasIndex(d => d.ProcedureId);
            e.HasIndex(d => new { d.State, d.DueOn });
        });
        model.Entity<ClockSetting>(e =>
        {
            e.ToTable("Clock");
            e.Property(c => c.Id).ValueGeneratedNever();
        });
    }
}
