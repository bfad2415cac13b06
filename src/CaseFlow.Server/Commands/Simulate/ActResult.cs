using System.Text.Json.Nodes;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>What came of an act: a sentence, or why it was not done.</summary>
/// <param name="Told">What the person was told.</param>
/// <param name="Failure">Refusal, conflict, invalid input or fault; null if it was done.</param>
/// <param name="Http">Status of an API call; null for other acts.</param>
/// <param name="Body">Body of an API call.</param>
internal sealed record ActResult(string Told, Exception? Failure = null, int? Http = null, JsonNode? Body = null);
