namespace CaseFlow.Cases.Kernel;

/// <summary>
/// Why an act was refused: a stable code for programs and tests, and a sentence for people that says why, who can do it
/// instead, and what to do now. Nothing was changed.
/// </summary>
/// <param name="Code">A stable identifier such as <c>four-eyes</c> or <c>beyond-authority</c>.</param>
/// <param name="Message">The sentence shown, in Chinese.</param>
public sealed record Refusal(string Code, string Message)
{
    /// <summary>The sentence in English, where there is one.</summary>
    public string? English { get; init; }

    /// <summary>The sentence in a culture's language; in Chinese where it has no other.</summary>
    public string In(string culture) => culture.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English ?? Message : Message;
}

/// <summary>The act is against a rule of the domain. The step is undone and the person is told the reason; never an incident.</summary>
/// <param name="refusal">The reason.</param>
public sealed class RefusedException(Refusal refusal) : Exception($"{refusal.Code}: {refusal.Message}")
{
    /// <summary>Refuses with a code and a sentence.</summary>
    public RefusedException(string code, string message)
        : this(new Refusal(code, message))
    {
    }

    /// <summary>The reason.</summary>
    public Refusal Refusal { get; } = refusal;

    /// <summary>The field of the input that the rule speaks of; null if it speaks of the act.</summary>
    public string? Field { get; init; }
}

/// <summary>What the person had seen is no longer so, in a way that they would mind (design, "Conflicts only where a person would mind").</summary>
/// <param name="message">Who changed what and when, in Chinese.</param>
/// <param name="inner">What the database said, if it found the conflict.</param>
public sealed class ConflictException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Input that does not fit. Each entry names the field (a JSON pointer or a form field) and its sentences.</summary>
/// <param name="errors">Messages by field.</param>
public sealed class InvalidInputException(IReadOnlyDictionary<string, string[]> errors)
    : Exception(string.Join("; ", errors.Select(e => $"{e.Key}: {string.Join(", ", e.Value)}")))
{
    /// <summary>One wrong field.</summary>
    public InvalidInputException(string field, string message)
        : this(new Dictionary<string, string[]> { [field] = [message] })
    {
    }

    /// <summary>Messages by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;
}
