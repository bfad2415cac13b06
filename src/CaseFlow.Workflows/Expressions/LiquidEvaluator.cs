using System.Globalization;
using System.Text.Encodings.Web;
using CaseFlow.Workflows.Values;
using Fluid;
using Fluid.Values;

namespace CaseFlow.Workflows.Expressions;

/// <summary>A Liquid template.</summary>
internal sealed class LiquidEvaluator : Evaluator
{
    private static readonly FluidParser Parser = new();
    private static readonly TemplateOptions Options = NewOptions();

    private readonly IFluidTemplate? template;

    public LiquidEvaluator(string text)
    {
        if (Parser.TryParse(text, out template, out var error))
        {
            template = new BoundedRanges().Rewrite(template);
            return;
        }

        SyntaxError = error;
    }

    public string? SyntaxError { get; }

    public override object? Evaluate(ActivityExecutionContext context)
    {
        if (template is null)
        {
            throw new FormatException(SyntaxError);
        }

        var workflow = context.WorkflowExecutionContext;
        var liquid = new TemplateContext(Options) { TimeZone = TimeZoneInfo.Utc };
        liquid.SetValue("Variables", new LiquidLookup(name => VariableValue(context, name)));
        liquid.SetValue("Input", new LiquidLookup(name => context.TryReadWorkflowInput(name, out var value) ? ToLiquid(value) : NilValue.Instance));
        liquid.SetValue("Output", new LiquidLookup(name => ToLiquid(workflow.Outputs.GetValueOrDefault(name))));
        liquid.SetValue("CorrelationId", workflow.CorrelationId);
        liquid.SetValue("WorkflowInstanceId", workflow.Id);
        liquid.SetValue("WorkflowInstanceName", workflow.Name);
        liquid.SetValue("WorkflowDefinitionId", workflow.Workflow.Definition.DefinitionId);
        liquid.SetValue("WorkflowDefinitionVersionId", workflow.Workflow.Definition.VersionId);
        liquid.SetValue("WorkflowDefinitionVersion", workflow.Workflow.Definition.Version);
        return template.Render(liquid, NullEncoder.Default);
    }

    private static FluidValue VariableValue(ActivityExecutionContext context, string name)
    {
        if (context.TryFindVariable(name, out var owner, out var slot) && owner.Node.Variables[slot].IsJson)
        {
            // Templates print JSON variables but do not look into them.
            return owner.VariableValues?[slot] is { } json ? new StringValue(ValueConversion.ToText(json), encode: false) : NilValue.Instance;
        }

        return context.TryReadVariable(name, out var value) ? ToLiquid(value) : NilValue.Instance;
    }

    private static FluidValue ToLiquid(object? value) => value switch
    {
        null => NilValue.Instance,
        System.Text.Json.Nodes.JsonNode node => ToLiquid(JsonValues.FromNode(node)),
        DateOnly or TimeOnly or TimeSpan or Guid or Uri or Enum => new StringValue(ValueConversion.ToText(value), encode: false),
        _ => FluidValue.Create(value, Options),
    };

    private static TemplateOptions NewOptions()
    {
        var options = new TemplateOptions
        {
            CultureInfo = CultureInfo.InvariantCulture,
            MaxSteps = 100_000,
            MaxRecursion = 100,
            TimeZone = TimeZoneInfo.Utc,
        };
        options.MemberAccessStrategy.IgnoreCasing = false;
        options.ValueConverters.Add(x => x is LiquidLookup lookup ? new LookupValue(lookup) : null);
        options.ValueConverters.Add(x => x is System.Text.Json.Nodes.JsonNode node ? ToLiquid(JsonValues.FromNode(node)) : null);
        return options;
    }

    private sealed record LiquidLookup(Func<string, FluidValue> Find);

    private sealed class LookupValue(LiquidLookup lookup) : ObjectValueBase(lookup)
    {
        public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) => new(lookup.Find(name));

        public override ValueTask<FluidValue> GetIndexAsync(FluidValue index, TemplateContext context) => new(lookup.Find(index.ToStringValue()));
    }
}
