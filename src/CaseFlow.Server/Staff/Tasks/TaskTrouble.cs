using CaseFlow.Server.Components;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>Why nothing was recorded, said beside the decision; what the person wrote is still there.</summary>
/// <param name="Tone">Amber for a conflict, red for a refusal or fault.</param>
/// <param name="Title">First sentence.</param>
/// <param name="Text">More.</param>
/// <param name="SeeCase">Whether the case as it is now should be looked at.</param>
public sealed record TaskTrouble(Tone Tone, string Title, string Text, bool SeeCase = false);

/// <summary>Numbers in clear, after a reason was given and recorded.</summary>
public sealed record RevealedNumbers(string IdNumber, string? Phone, string? Account);
