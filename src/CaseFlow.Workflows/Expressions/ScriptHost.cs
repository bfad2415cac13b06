using System.Text;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace CaseFlow.Workflows.Expressions;

/// <summary>The functions that scripts see.</summary>
internal sealed class ScriptHost
{
    private readonly HashSet<string> defined = new(StringComparer.Ordinal);
    private ActivityExecutionContext context = null!;
    private bool bounded;

    public ScriptHost(Engine engine)
    {
        Engine = engine;
        DefineFixed();
    }

    public Engine Engine { get; }

    public List<string> Outcomes { get; private set; } = [];

    public ActivityExecutionContext? Enter(ActivityExecutionContext next)
    {
        var outer = context;
        context = next;
        Outcomes = [];
        return outer;
    }

    public void Leave(ActivityExecutionContext? outer) => context = outer!;

    /// <summary>Bounds the functions that make much at once; once an engine, and only where a script may call one.</summary>
    public void Bound()
    {
        if (!bounded)
        {
            bounded = true;
            ScriptBounds.Set(Engine);
        }
    }

    /// <summary>Defines the accessors of variables, inputs and outputs that a script may call.</summary>
    public void Define(PreparedScript script)
    {
        foreach (var name in script.Getters)
        {
            if (defined.Add("get" + name))
            {
                Function("get" + name, _ => Get(name));
            }
        }

        foreach (var name in script.Setters)
        {
            if (defined.Add("set" + name))
            {
                Function("set" + name, args => Set(name, args));
            }
        }
    }

    private JsValue Get(string name)
    {
        // An input is preferred to a variable of the same name.
        if (Resolve(name, InputNames()) is { } input && context.TryReadWorkflowInput(input, out var value))
        {
            return Js(value);
        }

        if (Resolve(name, VariableNames()) is { } variable && context.TryReadVariable(variable, out value))
        {
            return Js(value);
        }

        if (DeclaredInput(name))
        {
            return JsValue.Null;
        }

        var from = name.LastIndexOf("From", StringComparison.Ordinal);
        if (from > 0 && OutputOwner(name[(from + 4)..]) is { } owner)
        {
            return Js(context.ReadActivityOutput(owner, name[..from]));
        }

        throw new JavaScriptException(Engine.Intrinsics.Error, $"get{name} is not defined");
    }

    private JsValue Set(string name, JsValue[] args)
    {
        if (Resolve(name, VariableNames()) is not { } variable)
        {
            throw new JavaScriptException(Engine.Intrinsics.Error, $"set{name} is not defined");
        }

        context.SetVariable(variable, ScriptValues.ToPlain(At(args, 0)));
        return JsValue.Undefined;
    }

    private void DefineFixed()
    {
        Function("getVariable", args => Js(context.TryReadVariable(Text(args, 0), out var v) ? v : null));
        Function("setVariable", args => Do(() => context.SetVariable(Text(args, 0), ScriptValues.ToPlain(At(args, 1)))));
        Function("getInput", args => Js(context.TryReadWorkflowInput(Text(args, 0), out var v) ? v : null));
        Function("getOutputFrom", args => Js(context.ReadActivityOutput(Text(args, 0), args.Length > 1 ? Text(args, 1) : null)));
        Function("getLastResult", _ => Js(context.WorkflowExecutionContext.LastResult));
        Function("getWorkflowDefinitionId", _ => context.WorkflowExecutionContext.Workflow.Definition.DefinitionId);
        Function("getWorkflowDefinitionVersionId", _ => context.WorkflowExecutionContext.Workflow.Definition.VersionId);
        Function("getWorkflowDefinitionVersion", _ => context.WorkflowExecutionContext.Workflow.Definition.Version);
        Function("getWorkflowInstanceId", _ => context.WorkflowExecutionContext.Id);
        Function("getWorkflowInstanceName", _ => Js(context.WorkflowExecutionContext.Name));
        Function("setWorkflowInstanceName", args => Do(() => context.WorkflowExecutionContext.Name = NullableText(args, 0)));
        Function("getCorrelationId", _ => Js(context.WorkflowExecutionContext.CorrelationId));
        Function("setCorrelationId", args => Do(() => context.WorkflowExecutionContext.CorrelationId = NullableText(args, 0)));
        Function("setOutcome", args => Do(() => Outcomes = [Text(args, 0)]));
        Function("setOutcomes", args => Do(() => Outcomes = [.. ((System.Collections.IEnumerable?)ScriptValues.ToPlain(At(args, 0)) ?? Array.Empty<object>()).Cast<object?>().Select(x => x?.ToString() ?? "")]));
        DefineHelpers();
        Engine.Global.FastSetProperty("variables", new Jint.Runtime.Descriptors.PropertyDescriptor(new VariablesObject(Engine, this), true, true, true));
        foreach (var name in new[] { "Variable", "Input", "OutputFrom", "LastResult", "WorkflowDefinitionId", "WorkflowDefinitionVersionId", "WorkflowDefinitionVersion", "WorkflowInstanceId", "WorkflowInstanceName", "CorrelationId" })
        {
            defined.Add("get" + name);
        }

        foreach (var name in new[] { "Variable", "WorkflowInstanceName", "CorrelationId", "Outcome", "Outcomes" })
        {
            defined.Add("set" + name);
        }
    }

    private void DefineHelpers()
    {
        Function("isNullOrWhiteSpace", args => string.IsNullOrWhiteSpace(NullableText(args, 0)));
        Function("isNullOrEmpty", args => string.IsNullOrEmpty(NullableText(args, 0)));
        Function("parseGuid", args => Guid.Parse(Text(args, 0)).ToString());
        Function("newGuid", _ => Guid.NewGuid().ToString());
        Function("newGuidString", _ => Guid.NewGuid().ToString());
        Function("newShortGuid", _ => ShortGuid());
        Function("getGuid", _ => Guid.NewGuid().ToString());
        Function("getGuidString", _ => Guid.NewGuid().ToString());
        Function("getShortGuid", _ => ShortGuid());
        Function("toJson", args => Values.JsonValues.ToJson(ScriptValues.ToPlain(At(args, 0))));
        Function("bytesToString", args => Encoding.UTF8.GetString(Convert.FromBase64String(Text(args, 0))));
        Function("bytesFromString", args => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(args, 0))));
        Function("bytesToBase64", args => Text(args, 0));
        Function("bytesFromBase64", args => Convert.ToBase64String(Convert.FromBase64String(Text(args, 0))));
        Function("stringToBase64", args => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(args, 0))));
        Function("stringFromBase64", args => Encoding.UTF8.GetString(Convert.FromBase64String(Text(args, 0))));
        foreach (var name in new[] { "Guid", "GuidString", "ShortGuid" })
        {
            defined.Add("get" + name);
        }
    }

    private static string ShortGuid() =>
        Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('/', '_').Replace('+', '-');

    private void Function(string name, Func<JsValue[], JsValue> body) =>
        Engine.SetValue(name, new ClrFunction(Engine, name, (_, args) => Guarded(body, args), 0));

    /// <summary>Failures of the engine become errors of the script, so that a script can catch them.</summary>
    private JsValue Guarded(Func<JsValue[], JsValue> body, JsValue[] args)
    {
        try
        {
            return body(args);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or InvalidCastException or OverflowException or JsonException)
        {
            throw new JavaScriptException(Engine.Intrinsics.Error, e.Message, e);
        }
    }

    private static JsValue Do(Action action)
    {
        action();
        return JsValue.Undefined;
    }

    private JsValue Js(object? value) => ScriptValues.ToScript(Engine, value);

    private static JsValue At(JsValue[] args, int index) => index < args.Length ? args[index] : JsValue.Undefined;

    private static string Text(JsValue[] args, int index) => At(args, index).ToString();

    private static string? NullableText(JsValue[] args, int index) => At(args, index) is var v && (v.IsNull() || v.IsUndefined()) ? null : v.ToString();

    private static string? Resolve(string accessor, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (string.Equals(name, accessor, StringComparison.Ordinal) || string.Equals(Compilation.CompositeName.Pascal(name), accessor, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return null;
    }

    private IEnumerable<string> VariableNames()
    {
        for (var c = context; c is not null; c = c.ParentActivityExecutionContext)
        {
            foreach (var slot in c.VisibleVariables)
            {
                yield return slot.Name;
            }

            foreach (var name in c.DynamicVariables?.Keys ?? Enumerable.Empty<string>())
            {
                yield return name;
            }

            if (c.Node.IsWorkflow)
            {
                break;
            }
        }
    }

    private IEnumerable<string> InputNames() => context.ScopeRoot.Node.Definition.Inputs.Select(x => x.Name);

    private bool DeclaredInput(string accessor) => Resolve(accessor, InputNames()) is not null;

    private string? OutputOwner(string accessor) =>
        context.WorkflowExecutionContext.Workflow.NodesInScope(context.Node)
            .Select(x => Resolve(accessor, [x.ActivityId, x.Name ?? x.ActivityId]) is null ? null : x.ActivityId)
            .FirstOrDefault(x => x is not null);

    /// <summary>The object <c>variables</c>: reading and assigning its members reads and assigns variables.</summary>
    private sealed class VariablesObject(Engine engine, ScriptHost host) : ObjectInstance(engine)
    {
        public override JsValue Get(JsValue property, JsValue receiver) =>
            property.IsString() && host.context.TryReadVariable(property.AsString(), out var value)
                ? host.Js(value)
                : base.Get(property, receiver);

        public override bool Set(JsValue property, JsValue value, JsValue receiver)
        {
            if (!property.IsString())
            {
                return base.Set(property, value, receiver);
            }

            host.context.SetVariable(property.AsString(), ScriptValues.ToPlain(value));
            return true;
        }

        public override bool HasProperty(JsValue property) =>
            (property.IsString() && host.context.TryReadVariable(property.AsString(), out _)) || base.HasProperty(property);
    }
}
