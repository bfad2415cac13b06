namespace CaseFlow.Workflows.Execution;

/// <summary>An input of an activity could not be evaluated.</summary>
internal sealed class InputEvaluationException(string inputName, Exception inner)
    : Exception($"Failed to evaluate activity input '{inputName}'", inner)
{
    public string InputName { get; } = inputName;
}
