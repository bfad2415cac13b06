namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// A save or publication that cannot be done. In the editor a person learns of it only by a 400 whose <c>errors</c> hold the
/// sentences, so every refusal takes that form.
/// </summary>
/// <param name="code">A stable code, such as <c>submitted</c> or <c>conflict</c>.</param>
/// <param name="messages">What is told, each naming the step that it is about.</param>
internal sealed class WorkflowAuthoringException(string code, IReadOnlyList<string> messages) : Exception(string.Join(' ', messages))
{
    /// <summary>With one sentence.</summary>
    public WorkflowAuthoringException(string code, string message)
        : this(code, [message])
    {
    }

    /// <summary>The code.</summary>
    public string Code { get; } = code;

    /// <summary>The sentences.</summary>
    public IReadOnlyList<string> Messages { get; } = messages;
}
