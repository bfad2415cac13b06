using CaseFlow.Workflows;

namespace Strangers;

/// <summary>Names every member that an activity may use, each with the types that the document states.</summary>
[Activity("Strangers", "Documents", "Uses everything", Namespace = "Strangers", Type = "EveryMember", Version = 1, DisplayName = "Every member", Kind = ActivityKind.Action, RunAsynchronously = false)]
[FlowNode("同意", "退回")]
public class EveryMember : Activity
{
    public EveryMember(string? source = null, int? line = null)
        : base(source, line)
    {
    }

    [Input(
        Name = "Text", DisplayName = "Text", Description = "A text", Category = "Values", UIHint = InputUIHints.MultiLine, Options = new[] { "a", "b" },
        Order = 1.5f, DefaultValue = "a", DefaultSyntax = "Literal", SupportedSyntaxes = new[] { "Literal", "JavaScript" }, IsReadOnly = false,
        IsBrowsable = true, AutoEvaluate = true, IsSerializable = true, CanContainSecrets = false, UIHandler = typeof(EveryMember), UIHandlers = new[] { typeof(EveryMember) })]
    public Input<string> Text { get; set; } = new("default");

    [Input]
    public Input<int> FromVariable { get; set; } = new(new Variable<int>("N", 3));

    [Input]
    public Input<int> FromExpression { get; set; } = new(new Expression("JavaScript", "20 + 1"));

    [Input]
    public Input<string> FromFunction { get; set; } = new((ExpressionExecutionContext context) => "computed");

    [Input]
    public Input<int> Nothing { get; set; } = default!;

    [Output(Name = "Answer", DisplayName = "Answer", Description = "The answer", IsBrowsable = true, IsSerializable = true)]
    public Output<string>? Answer { get; set; }

    [Output]
    public Output<object>? Result { get; set; }

    [Port]
    public IActivity? Body { get; set; }

    protected override bool CanExecute(ActivityExecutionContext context) => true;

    protected override async ValueTask<bool> CanExecuteAsync(ActivityExecutionContext context) => await base.CanExecuteAsync(context);

    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        string id = context.Id;
        IActivity self = context.Activity;
        string nodeId = context.NodeId;
        WorkflowExecutionContext workflow = context.WorkflowExecutionContext;
        ActivityExecutionContext? parent = context.ParentActivityExecutionContext;
        CancellationToken token = context.CancellationToken;
        DateTimeOffset started = context.StartedAt;
        ActivityStatus status = context.Status;
        Require(id.Length > 0 && ReferenceEquals(self, this) && nodeId == NodeId && parent is not null && started != default && status == ActivityStatus.Running && !token.IsCancellationRequested);
        Require(Id == self.Id && Name == self.Name && Type == "Strangers.EveryMember" && Version == 1 && CanStartWorkflow is not true && RunAsynchronously is not true);
        Require(CustomProperties is not null && Metadata is not null && ((Activity)self).NodeId == nodeId);

        string instance = workflow.Id;
        string? correlation = workflow.CorrelationId;
        string? name = workflow.Name;
        object? given = workflow.Input["Given"];
        workflow.Output["Seen"] = "out";
        workflow.Properties["Kept"] = 1;
        CancellationToken burst = workflow.CancellationToken;
        Require(instance.Length > 0 && correlation is null && name is null && given is "input" && !burst.IsCancellationRequested);

        TimeProvider clock = context.GetRequiredService<TimeProvider>();
        Uri? none = context.GetService<Uri>();
        IEnumerable<Uri> many = context.GetServices<Uri>();
        Require(clock is not null && none is null && !many.Any());

        string? text = context.Get(Text);
        string same = Text.Get(context);
        int orDefault = Nothing.GetOrDefault(context, () => 42);
        int? zero = Nothing.GetOrDefault(context);
        Require(text == same && orDefault == 42 && zero is 0 or null);
        Require(FromVariable.Get(context) == 5 && FromExpression.Get(context) == 21 && FromFunction.Get(context) == "computed");
        Require(Throws(() => Nothing.Get(context)));

        context.Set(Answer, text);
        Answer.Set(context, text + "!");
        context.SetVariable("N", 6);
        int n = context.GetVariable<int>("N");
        string? workflowInput = context.GetWorkflowInput<string>("Given");
        bool has = context.TryGetWorkflowInput<string>("Given", out string? tried);
        Require(n == 6 && workflowInput == "input" && has && tried == "input" && !context.TryGetWorkflowInput<int>("Missing", out int missing) && missing == 0);
        context.SetResult(new Dictionary<string, object> { ["n"] = n });

        Variable variable = new Variable<int>("N", 0);
        string variableName = variable.Name;
        object? start = variable.Value;
        variable.Set(context, 7);
        object? now = variable.Get(context);
        Require(variableName == "N" && start is 0 && now is 7);

        IDictionary<string, object> kept = context.Properties;
        kept["a"] = 1;
        context.SetProperty("b", 2);
        int? b = context.GetProperty<int>("b");
        IDictionary<string, object> lost = context.TransientProperties;
        lost["c"] = 3;
        context.JournalData["d"] = "seen";
        Require(b == 2 && kept.Count == 2);

        context.CreateBookmark();
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkId = "bookmark-of-" + id, Stimulus = new { Key = 1 }, Callback = OnResumeAsync, BookmarkName = "Strangers.Bookmark", AutoBurn = true,
            IncludeActivityInstanceId = true, AutoComplete = true, Metadata = new Dictionary<string, string> { ["m"] = "v" },
        });
        context.CreateBookmark("stimulus", OnResumeAsync, includeActivityInstanceId: true, customProperties: new Dictionary<string, string>());
        context.CreateBookmark(OnResumeAsync, metadata: new Dictionary<string, string>());
        context.CreateBookmarks(new object[] { "one", "two" });
        context.ClearBookmarks();
        ExecuteActivityDelegate callback = OnResumeAsync;
        context.CreateBookmark("go", callback, includeActivityInstanceId: false);
        await Task.CompletedTask;
    }

    private async ValueTask OnResumeAsync(ActivityExecutionContext context)
    {
        Require(context.GetProperty<int>("b") == 2 && context.TransientProperties.Count == 0);
        ActivityCompletionCallback callback = OnBodyAsync;
        await context.ScheduleActivityAsync(Body, callback);
    }

    private async ValueTask OnBodyAsync(ActivityCompletedContext context)
    {
        ActivityExecutionContext target = context.TargetContext;
        ActivityExecutionContext child = context.ChildContext;
        Require(ReferenceEquals(target.Activity, this) && ReferenceEquals(child.Activity, Body));
        await target.CompleteActivityWithOutcomesAsync("同意");
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The surface is not as documented.");
        }
    }

    private static bool Throws(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}

/// <summary>The other constructor, and the hints that are constants.</summary>
public class NamedByConstructor : Activity
{
    public static readonly string[] Hints =
    [
        InputUIHints.SingleLine, InputUIHints.MultiLine, InputUIHints.Checkbox, InputUIHints.CheckList, InputUIHints.DropDown, InputUIHints.RadioList,
        InputUIHints.CodeEditor, InputUIHints.JsonEditor, InputUIHints.ExpressionEditor, InputUIHints.DateTimePicker, InputUIHints.MultiText,
        InputUIHints.Dictionary, InputUIHints.DynamicOutcomes, InputUIHints.OutcomePicker, InputUIHints.OutputPicker, InputUIHints.InputPicker,
        InputUIHints.VariablePicker, InputUIHints.TypePicker, InputUIHints.WorkflowDefinitionPicker,
    ];

    public NamedByConstructor()
        : base("Strangers.NamedByConstructor", 1)
    {
    }

    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) => await CompleteAsync(context);
}
