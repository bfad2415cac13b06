using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Workflows.Activities;

/// <summary>Stands where the activity type of a definition is not known; the definition does not run.</summary>
internal sealed class MissingActivity : Activity
{
    public MissingActivity()
        : base("Elsa.NotFoundActivity", 1)
    {
    }

    public static ActivityDescriptor DescriptorOf(string type) => new()
    {
        TypeName = type,
        Namespace = "",
        Name = type,
        IsBrowsable = false,
        Create = static () => new MissingActivity(),
    };

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        throw new InvalidOperationException($"The activity type '{Type}' is not known.");
}
