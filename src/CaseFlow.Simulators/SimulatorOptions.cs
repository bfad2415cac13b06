namespace CaseFlow.Simulators;

/// <summary>How the simulators behave; configuration section <c>Simulators</c>.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Simulators";

    /// <summary>Decides, with the identity number, what the platform finds about a person nobody told it about.</summary>
    public int Seed { get; set; } = 220502;

    /// <summary>Of a hundred such persons, how many have a deposit that surely exceeds the property limit.</summary>
    public int SurprisesPercent { get; set; }

    /// <summary>Time from a request to the complete answer. Zero: complete at the first question.</summary>
    public TimeSpan AnswerAfter { get; set; } = TimeSpan.Zero;

    /// <summary>Key with which callbacks are signed; both sides know it.</summary>
    public string CallbackSecret { get; set; } = "demo-callback-secret";
}
