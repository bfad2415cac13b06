using System.Diagnostics.CodeAnalysis;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Execution;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows;

/// <content>Values, variables and services.</content>
public sealed partial class ActivityExecutionContext
{
    /// <summary>Gets a service of the step.</summary>
    /// <exception cref="InvalidOperationException">The service is not registered.</exception>
    public T GetRequiredService<T>()
        where T : notnull =>
        GetService<T>() ?? throw new InvalidOperationException($"The service {typeof(T).FullName} is not registered.");

    /// <summary>Gets a service of the step; null where it is not registered.</summary>
    public T? GetService<T>() => (T?)WorkflowExecutionContext.Services.GetService(typeof(T));

    /// <summary>Gets all services of a type.</summary>
    public IEnumerable<T> GetServices<T>() =>
        (IEnumerable<T>?)WorkflowExecutionContext.Services.GetService(typeof(IEnumerable<T>)) ?? [];

    /// <summary>Gets the value of an input; null or zero where nothing was given.</summary>
    public T? Get<T>(Input<T>? input) => input is null ? default : input.GetOrDefault(this);

    /// <summary>Sets the value of an output.</summary>
    public void Set<T>(Output<T>? output, T? value) => output.Set(this, value);

    /// <summary>Sets the result output of the activity, where it has one.</summary>
    public void SetResult(object? value)
    {
        var outputs = Node.Outputs;
        for (var i = 0; i < outputs.Length; i++)
        {
            if (string.Equals(outputs[i].Name, "Result", StringComparison.Ordinal))
            {
                SetOutputSlot(i, value);
                return;
            }
        }
    }

    /// <summary>Sets a variable in scope; where there is none, a new one of the workflow.</summary>
    public void SetVariable(string name, object? value)
    {
        if (TryFindVariable(name, out var owner, out var slot))
        {
            owner.AssignVariable(slot, value);
            return;
        }

        for (var c = this; c is not null; c = c.ParentActivityExecutionContext)
        {
            if (c.DynamicVariables is { } variables && variables.ContainsKey(name))
            {
                variables[name] = value;
                return;
            }
        }

        (ScopeRoot.DynamicVariables ??= [])[name] = value;
    }

    /// <summary>Gets a variable in scope; null or zero where there is none.</summary>
    public T? GetVariable<T>(string name) => TryReadVariable(name, out var value) ? ValueConversion.To<T>(value) : default;

    /// <summary>Gets an input of the workflow, or of the resume that runs now; null or zero where there is none.</summary>
    public T? GetWorkflowInput<T>(string key) => TryReadWorkflowInput(key, out var value) ? ValueConversion.To<T>(value) : default;

    /// <summary>Gets an input of the workflow, or of the resume that runs now.</summary>
    public bool TryGetWorkflowInput<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        if (TryReadWorkflowInput(key, out var raw))
        {
            value = ValueConversion.To<T>(raw)!;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Gets a property of this run.</summary>
    public T? GetProperty<T>(string key) => properties is not null && properties.TryGetValue(key, out var value) ? ValueConversion.To<T>(value) : default;

    /// <summary>Sets a property of this run; it is kept with the instance.</summary>
    public void SetProperty<T>(string key, T? value)
    {
        if (value is null)
        {
            properties?.Remove(key);
        }
        else
        {
            Properties[key] = value;
        }
    }

    internal ActivityExecutionContext ScopeRoot
    {
        get
        {
            var context = this;
            while (!context.Node.IsWorkflow && context.ParentActivityExecutionContext is { } parent)
            {
                context = parent;
            }

            return context;
        }
    }

    internal bool TryGetInput(Input input, out object? value)
    {
        if (input.Slot < 0 || input.Slot >= Node.Inputs.Length)
        {
            value = input.Delegate is { } function ? function(new ExpressionExecutionContext(this))
                : input.Variable is { } variable ? variable.Get(this)
                : input.Expression is { Type: "Literal" } literal ? literal.Value : null;
            return true;
        }

        value = InputAt(input.Slot);
        return Node.Inputs[input.Slot].Evaluator is not null;
    }

    /// <summary>The value of an input, evaluated once in a run; inputs that are not evaluated by themselves are evaluated each time.</summary>
    internal object? InputAt(int slot)
    {
        var binding = Node.Inputs[slot];
        if (binding.Descriptor.AutoEvaluate && InputValues is { } values && !ReferenceEquals(values[slot], NotEvaluated))
        {
            return values[slot];
        }

        return EvaluateInput(slot, binding);
    }

    internal object? EvaluateInput(int slot, InputBinding binding)
    {
        if (binding.Evaluator is null)
        {
            return binding.PlainValue;
        }

        object? value;
        HidesVariables = Node.BringsVariables;
        try
        {
            value = binding.Evaluator.Evaluate(this);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InputEvaluationException(binding.Name, e);
        }
        finally
        {
            HidesVariables = false;
        }

        var values = InputValues ??= NewInputValues(Node.Inputs.Length);
        values[slot] = value;
        return value;
    }

    internal static readonly object NotEvaluated = new();

    internal static object?[] NewInputValues(int count)
    {
        var values = new object?[count];
        Array.Fill(values, NotEvaluated);
        return values;
    }

    internal void SetOutputValue(Output output, object? value)
    {
        if (output.Slot >= 0 && output.Slot < Node.Outputs.Length && ReferenceEquals(output.Owner, Activity))
        {
            SetOutputSlot(output.Slot, value);
        }
        else if (output.TargetId is { } target)
        {
            AssignVariableById(target, value);
        }
    }

    internal void SetOutputSlot(int slot, object? value)
    {
        var binding = Node.Outputs[slot];
        (OutputValues ??= new object?[Node.Outputs.Length])[slot] = value;
        WorkflowExecutionContext.RememberOutput(this, binding.Name, value);
        if (binding.TargetId is { } target)
        {
            AssignVariableById(target, value);
        }
    }

    internal object? ReadVariable(Variable variable) =>
        TryReadVariableById(variable.Id, out var value) || TryReadVariable(variable.Name, out value) ? value : variable.Value;

    internal void WriteVariable(Variable variable, object? value)
    {
        if (!AssignVariableById(variable.Id, value))
        {
            SetVariable(variable.Name, value);
        }
    }

    internal bool TryReadVariable(string name, out object? value)
    {
        for (var c = this; c is not null; c = c.ParentActivityExecutionContext)
        {
            var slots = c.VisibleVariables;
            for (var i = 0; i < slots.Length; i++)
            {
                if (string.Equals(slots[i].Name, name, StringComparison.Ordinal))
                {
                    value = c.VariableValues?[i];
                    return true;
                }
            }

            if (c.DynamicVariables is { } variables && variables.TryGetValue(name, out value))
            {
                return true;
            }

            if (c.Node.IsWorkflow)
            {
                break;
            }
        }

        value = null;
        return false;
    }

    internal bool TryReadVariableById(string variableId, out object? value)
    {
        if (TryFindVariableById(variableId, out var owner, out var slot))
        {
            value = owner.VariableValues?[slot];
            return true;
        }

        value = null;
        return false;
    }

    internal bool AssignVariableById(string variableId, object? value)
    {
        if (TryFindVariableById(variableId, out var owner, out var slot))
        {
            owner.AssignVariable(slot, value);
            return true;
        }

        return false;
    }

    internal void AssignVariable(int slot, object? value)
    {
        var definition = Node.Variables[slot];
        (VariableValues ??= new object?[Node.Variables.Length])[slot] =
            value is null || definition.Type == typeof(object) ? value : ValueConversion.To(value, definition.Type);
    }

    internal bool TryFindVariable(string name, [NotNullWhen(true)] out ActivityExecutionContext? owner, out int slot)
    {
        for (var c = this; c is not null; c = c.ParentActivityExecutionContext)
        {
            var slots = c.VisibleVariables;
            for (var i = 0; i < slots.Length; i++)
            {
                if (string.Equals(slots[i].Name, name, StringComparison.Ordinal))
                {
                    owner = c;
                    slot = i;
                    return true;
                }
            }

            if (c.Node.IsWorkflow)
            {
                break;
            }
        }

        owner = null;
        slot = -1;
        return false;
    }

    internal bool TryReadWorkflowInput(string key, out object? value)
    {
        var scope = ScopeRoot;
        if (scope.ParentActivityExecutionContext is { } composite)
        {
            var inputs = composite.Node.Inputs;
            for (var i = 0; i < inputs.Length; i++)
            {
                if (string.Equals(inputs[i].Name, key, StringComparison.Ordinal))
                {
                    value = composite.InputAt(i);
                    return true;
                }
            }
        }
        else if (WorkflowExecutionContext.StartInput.TryGetValue(key, out value))
        {
            return true;
        }

        if (WorkflowExecutionContext.BurstInput is { } burst && burst.TryGetValue(key, out value))
        {
            return true;
        }

        value = null;
        return false;
    }

    internal object? ReadActivityOutput(string activityIdOrName, string? outputName) =>
        WorkflowExecutionContext.ReadActivityOutput(this, activityIdOrName, outputName);

    private bool TryFindVariableById(string variableId, [NotNullWhen(true)] out ActivityExecutionContext? owner, out int slot)
    {
        for (var c = this; c is not null; c = c.ParentActivityExecutionContext)
        {
            var slots = c.VisibleVariables;
            for (var i = 0; i < slots.Length; i++)
            {
                if (string.Equals(slots[i].Id, variableId, StringComparison.Ordinal))
                {
                    owner = c;
                    slot = i;
                    return true;
                }
            }

            if (c.Node.IsWorkflow)
            {
                break;
            }
        }

        owner = null;
        slot = -1;
        return false;
    }
}
