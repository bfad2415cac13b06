using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Execution;

/// <summary>The values of a run, from and to the saved state.</summary>
internal static class ContextValues
{
    public static Dictionary<string, object?>? Inputs(ActivityExecutionContext context)
    {
        Dictionary<string, object?>? result = null;
        for (var i = 0; i < context.InputValues?.Length; i++)
        {
            var binding = context.Node.Inputs[i];
            var value = context.InputValues[i];
            if (binding.Evaluator is { IsConstant: false } && binding.Descriptor is { AutoEvaluate: true, IsSerializable: true }
                && !ReferenceEquals(value, ActivityExecutionContext.NotEvaluated))
            {
                (result ??= [])[binding.Name] = value;
            }
        }

        return result;
    }

    public static Dictionary<string, object?>? Outputs(ActivityExecutionContext context)
    {
        Dictionary<string, object?>? result = null;
        for (var i = 0; i < context.OutputValues?.Length; i++)
        {
            if (context.OutputValues[i] is { } value && context.Node.Outputs[i].Descriptor.IsSerializable)
            {
                (result ??= [])[context.Node.Outputs[i].Name] = value;
            }
        }

        return result;
    }

    public static Dictionary<string, object?>? Variables(ActivityExecutionContext context)
    {
        if (context.VariableValues is not { Length: > 0 } values)
        {
            return null;
        }

        var result = new Dictionary<string, object?>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            result[context.Node.Variables[i].Id] = values[i];
        }

        return result;
    }

    public static Dictionary<string, object?>? Copy(Dictionary<string, object>? values) =>
        values is not { Count: > 0 } ? null : values.ToDictionary(p => p.Key, p => (object?)p.Value);

    /// <summary>The name of a callback, which must be a named method to be found again.</summary>
    public static string Named(ActivityExecutionContext context, string name)
    {
        if (name.Contains('<', StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"The callback for '{context.Node.ActivityId}' is a lambda; callbacks must be named methods, or they are lost when the instance waits.");
        }

        return name;
    }

    public static void Restore(ActivityExecutionContext context, ContextState saved)
    {
        var node = context.Node;
        if (node.Inputs.Length > 0 && saved.Status != ActivityStatus.Pending)
        {
            context.InputValues = ActivityExecutionContext.NewInputValues(node.Inputs.Length);
            for (var i = 0; i < node.Inputs.Length; i++)
            {
                var binding = node.Inputs[i];
                if (saved.Inputs is not null && saved.Inputs.TryGetValue(binding.Name, out var value))
                {
                    context.InputValues[i] = binding.Convert(value);
                }
                else if (binding.Descriptor.AutoEvaluate && (binding.Evaluator is null || binding.Evaluator.IsConstant))
                {
                    context.InputValues[i] = binding.Evaluator?.Evaluate(context) ?? binding.PlainValue;
                }
            }
        }

        if (saved.Outputs is not null)
        {
            context.OutputValues = [.. node.Outputs.Select(x => saved.Outputs.GetValueOrDefault(x.Name))];
        }

        RestoreVariables(context, saved);
        context.PropertiesOrNull = saved.Properties?.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!);
        context.JournalDataOrNull = saved.JournalData?.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!);
    }

    private static void RestoreVariables(ActivityExecutionContext context, ContextState saved)
    {
        var slots = context.Node.Variables;
        if (slots.Length == 0)
        {
            return;
        }

        var values = new object?[slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            values[i] = saved.Variables is not null && saved.Variables.TryGetValue(slots[i].Id, out var value)
                ? Values.ValueConversion.To(value, slots[i].Type)
                : slots[i].Fresh();
        }

        context.VariableValues = values;
    }
}
