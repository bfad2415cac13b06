namespace CaseFlow.Cases.Calendar;

/// <summary>Moves the business clock of a demo. Time only goes forward: what has been dated stays true.</summary>
public interface IClockControl
{
    /// <summary>Whether this database is a demo, whose clock may be moved.</summary>
    bool IsDemo { get; }

    /// <summary>Makes an empty database a demo whose business time starts at <paramref name="start"/> and then runs with the machine's.</summary>
    /// <exception cref="InvalidOperationException">The database already holds cases.</exception>
    Task MakeDemoAsync(DateTimeOffset start, CancellationToken cancellationToken);

    /// <summary>Sets the clock forward, for all servers of this database.</summary>
    /// <exception cref="Kernel.RefusedException"><c>clock-not-demo</c>: not a demo; <c>clock-backward</c>: the moment lies in the past.</exception>
    Task MoveToAsync(DateTimeOffset moment, CancellationToken cancellationToken);
}
