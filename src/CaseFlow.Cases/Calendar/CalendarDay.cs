namespace CaseFlow.Cases.Calendar;

/// <summary>What a day of the published holiday calendar is, where it differs from an ordinary week.</summary>
public enum CalendarDayKind
{
    /// <summary>A day off (法定节假日 or 调休 rest day).</summary>
    Off,

    /// <summary>A weekend day that is worked (调休).</summary>
    MakeUpWork,

    /// <summary>A statutory holiday of a year whose calendar is not yet published; makes deadlines provisional.</summary>
    ProvisionalOff,
}

/// <summary>One day that the State Council's yearly notice names. Ordinary weekdays and weekends have no row.</summary>
public sealed class CalendarDay
{
    /// <summary>The day.</summary>
    public DateOnly Date { get; set; }

    /// <summary>What it is.</summary>
    public CalendarDayKind Kind { get; set; }

    /// <summary>The notice that says so, for example 国办发明电〔2024〕12号.</summary>
    public string Source { get; set; } = "";
}

/// <summary>A year whose calendar has been published and loaded.</summary>
public sealed class CalendarYear
{
    /// <summary>The year.</summary>
    public int Year { get; set; }

    /// <summary>The notice.</summary>
    public string Source { get; set; } = "";
}
