using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Components;

/// <summary>The mistakes of a form, in the order of its fields: shown in the summary on top and at each field.</summary>
public sealed class FormErrors
{
    private readonly List<FieldError> items = [];

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<FieldError> Items => items;

    /// <summary>Whether there are any.</summary>
    public bool Any => items.Count > 0;

    /// <summary>Adds one.</summary>
    /// <param name="field">Name of the field, as in the form.</param>
    /// <param name="label">Its label, as on the page.</param>
    /// <param name="message">What is wrong and how to mend it: 请填每月多少元.</param>
    public void Add(string field, string label, string message) => items.Add(new FieldError(field, label, message));

    /// <summary>Adds those of a refused input; fields that the page does not show stand without a label.</summary>
    /// <param name="exception">What the domain said.</param>
    /// <param name="labels">Label by field.</param>
    public void Add(InvalidInputException exception, IReadOnlyDictionary<string, string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        foreach (var (field, messages) in exception.Errors)
        {
            Add(field, labels?.GetValueOrDefault(field) ?? "", string.Join(" ", messages));
        }
    }

    /// <summary>The message of a field, or null.</summary>
    public string? Of(string field) => items.Find(e => e.Field == field)?.Message;

    /// <summary>The element id of a field.</summary>
    public static string IdOf(string field) => "f-" + field.Replace('.', '-').Replace('/', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);
}

/// <summary>One mistake.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Label">Its label; empty if it concerns the whole form.</param>
/// <param name="Message">The sentence.</param>
public sealed record FieldError(string Field, string Label, string Message);
