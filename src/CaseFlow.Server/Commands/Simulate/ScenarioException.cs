namespace CaseFlow.Server.Commands.Simulate;

/// <summary>A scenario file says something that cannot be run: an unknown key, a name that nobody has, a time in the past.</summary>
/// <param name="place">File and line.</param>
/// <param name="message">What is wrong and what would be right.</param>
internal sealed class ScenarioException(string place, string message) : Exception($"{place}: {message}");
