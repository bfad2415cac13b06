namespace CaseFlow.Server.Components;

/// <summary>A stage in a <see cref="Stepper"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="When">Date or expected date, short.</param>
public sealed record StepperStep(string Name, StepState State, string? When = null);

/// <summary>Where a stage stands.</summary>
public enum StepState
{
    /// <summary>Over.</summary>
    Done,

    /// <summary>Under way.</summary>
    Current,

    /// <summary>Still to come.</summary>
    ToCome,
}
