using CaseFlow.Workflows;

namespace Strangers;

public enum Urgency { Low, Normal, High }

[Activity("Strangers", "Values", "Adds amounts")]
public class Total : CodeActivity<decimal>
{
    [Input(UIHint = InputUIHints.MultiText)]
    public Input<ICollection<decimal>> Amounts { get; set; } = default!;

    [Input]
    public Input<decimal?> Bonus { get; set; } = default!;

    [Input]
    public Urgency Level { get; set; } = Urgency.Low;

    [Input]
    public List<string> Tags { get; set; } = [];

    [Output]
    public Output<string> Label { get; set; } = default!;

    protected override void Execute(ActivityExecutionContext context)
    {
        var sum = Amounts.Get(context).Sum() + (Bonus.GetOrDefault(context) ?? 0);
        context.Set(Label, $"{Level}:{string.Join('+', Tags)}");
        context.Set(Result, sum);
        context.JournalData["Sum"] = sum;
    }
}

[Activity("Strangers", "Values", "Looks at a typed structure")]
public class Describe : CodeActivity<string>
{
    public Input<Address> Where { get; set; } = default!;

    public Input<DateTimeOffset> When { get; set; } = default!;

    public Input<TimeSpan> HowLong { get; set; } = new(TimeSpan.FromMinutes(5));

    public Input<Guid?> Id2 { get; set; } = default!;

    public Input<IDictionary<string, object>> More { get; set; } = default!;

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var where = Where.Get(context);
        SetText(context, $"{where.Street} {where.Numbers.Sum()} {When.Get(context):yyyy-MM-dd} {HowLong.Get(context).TotalMinutes} {Id2.GetOrDefault(context)?.ToString() ?? "none"} {More.Get(context)["k"]}");
        return ValueTask.CompletedTask;
    }

    private void SetText(ActivityExecutionContext context, string text) => Result.Set(context, text);
}

public class Address
{
    public string Street { get; set; } = "";

    public int[] Numbers { get; set; } = [];
}

[Activity("Strangers", "Values", "Evaluates its input as often as it likes")]
public class Lazily : CodeActivity<string>
{
    [Input(AutoEvaluate = false)]
    public Input<int> Count { get; set; } = default!;

    [Input(CanContainSecrets = true)]
    public Input<string> Secret { get; set; } = default!;

    protected override void Execute(ActivityExecutionContext context)
    {
        var first = Count.Get(context);
        context.SetVariable("N", first + 1);
        Result.Set(context, $"{first} {Count.Get(context)} {Secret.Get(context).Length}");
    }
}

[Activity("Strangers", Type = "Check", Version = 1)]
public class CheckOld : CodeActivity<string>
{
    protected override void Execute(ActivityExecutionContext context) => Result.Set(context, "old");
}

[Activity("Strangers", Type = "Check", Version = 2)]
public class CheckNew : CodeActivity<string>
{
    protected override void Execute(ActivityExecutionContext context) => Result.Set(context, "new");
}
