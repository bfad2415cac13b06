namespace CaseFlow.Cases.Messages;

/// <summary>Which ways out this installation has besides mail and portal.</summary>
public sealed record MessageOptions
{
    /// <summary>Whether there is an SMS gateway; without one no SMS is written.</summary>
    public bool Sms { get; init; }
}
