using CaseFlow.Cases.Notices;

namespace CaseFlow.Activities;

/// <summary>长期公布: posts or refreshes the standing publication of a grant, or takes it down.</summary>
[Activity("CaseFlow", "公示 Notices", "在保期间长期公布姓名、人数和金额；停发时撤下", DisplayName = "长期公布")]
public sealed class Publish : CodeActivity
{
    /// <summary>Whether it is taken down.</summary>
    [Input(DisplayName = "撤下", UIHint = InputUIHints.Checkbox, DefaultValue = false)]
    public Input<bool> Remove { get; set; } = new(false);

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var publications = context.GetRequiredService<PublicationService>();
        if (context.Get(Remove))
        {
            await publications.RemoveAsync(of.Case, context.CancellationToken);
        }
        else
        {
            await publications.PublishAsync(of.Case, context.CancellationToken);
        }
    }
}
