using System.Globalization;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace CaseFlow.Workflows.Expressions;

/// <summary>
/// Bounds the ranges of a Liquid template: the library makes a list of a whole range before the first step of a loop over it
/// is counted, so that two billion numbers would take the machine down.
/// </summary>
internal sealed class BoundedRanges : AstRewriter
{
    private const decimal Most = 100_000;

    /// <summary>A template with the same text whose ranges are bounded.</summary>
    public IFluidTemplate Rewrite(IFluidTemplate template) => VisitTemplate(template);

    /// <inheritdoc/>
    protected override Fluid.Ast.Expression VisitRangeExpression(RangeExpression rangeExpression) => new Bounded(rangeExpression);

    private sealed class Bounded(RangeExpression range) : Fluid.Ast.Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var from = (await range.From.EvaluateAsync(context)).ToNumberValue();
            var to = (await range.To.EvaluateAsync(context)).ToNumberValue();
            return Math.Abs(to - from) < Most
                ? await range.EvaluateAsync(context)
                : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The range from {from} to {to} has more than {Most} numbers."));
        }
    }
}
