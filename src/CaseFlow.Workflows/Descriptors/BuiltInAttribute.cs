namespace CaseFlow.Workflows.Descriptors;

/// <summary>What the designer must know about an activity of the engine beyond the public attributes.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class BuiltInAttribute(string elsaType) : Attribute
{
    public string ElsaType { get; } = elsaType;

    public bool IsContainer { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsStart { get; init; }

    public bool IsTerminal { get; init; }
}
