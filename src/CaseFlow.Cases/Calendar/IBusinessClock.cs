namespace CaseFlow.Cases.Calendar;

/// <summary>
/// The clock of everything that the law or a document dates; days are those of Asia/Shanghai. A demo may run at an offset
/// that lives in the database and is shared by all servers. Tokens, leases and back-off use <see cref="TimeProvider"/>.
/// </summary>
public interface IBusinessClock
{
    /// <summary>The present moment (offset +08:00).</summary>
    DateTimeOffset Now { get; }

    /// <summary>The present day in Shanghai.</summary>
    DateOnly Today { get; }
}

/// <summary>How far the business clock stands from the machine's. One row.</summary>
public sealed class ClockSetting
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; } = 1;

    /// <summary>Microseconds added to the machine's time; 0 in production.</summary>
    public long OffsetMicroseconds { get; set; }

    /// <summary>Whether this database is a demo, whose clock may be moved forward.</summary>
    public bool IsDemo { get; set; }
}
