using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.Expressions;

/// <summary>What became of an expression.</summary>
internal readonly record struct CompiledExpression(Evaluator? Evaluator, bool ReadsOutputs = false, string? Problem = null, bool IsUnknownLanguage = false);

/// <summary>Compiles the expressions of definitions.</summary>
internal static class ExpressionCompiler
{
    public static CompiledExpression Compile(JsonObject expression, Type type)
    {
        var language = expression["type"]?.ToString() ?? "Literal";
        var value = expression["value"];
        try
        {
            return language switch
            {
                "Literal" => Checked(Literal(JsonValues.FromNode(value), type)),
                "Object" or "Json" => Checked(Object(value, type)),
                "Variable" => new CompiledExpression(Converted(Variable(value), type)),
                "Input" => new CompiledExpression(Converted(new WorkflowInputEvaluator(NameIn(value)), type)),
                "Output" => new CompiledExpression(Converted(Output(value), type), ReadsOutputs: true),
                "JavaScript" => JavaScript(value?.ToString() ?? "", type),
                "Liquid" => Liquid(value?.ToString() ?? "", type),
                _ => new CompiledExpression(new ConstantEvaluator(null), Problem: $"the language '{language}' is not known", IsUnknownLanguage: true),
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return new CompiledExpression(new BrokenEvaluator(e), Problem: e.Message);
        }
    }

    /// <summary>An expression that an activity class gives its input from the start.</summary>
    public static Evaluator? Compile(string language, string text, Type type) =>
        Compile(new JsonObject { ["type"] = language, ["value"] = text }, type).Evaluator;

    /// <summary>A literal, converted once where that can be done.</summary>
    public static Evaluator Literal(object? value, Type type)
    {
        if (value is null)
        {
            return new ConstantEvaluator(null);
        }

        if (type != typeof(string) && value is "" && type != typeof(object))
        {
            return new ConstantEvaluator(null);
        }

        try
        {
            var converted = ValueConversion.To(value, type);
            return converted is System.Collections.IEnumerable and not string
                ? new StructureEvaluator(JsonValues.ToJson(converted), type)
                : new ConstantEvaluator(converted);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or JsonException or ArgumentException)
        {
            return new BrokenEvaluator(e);
        }
    }

    private static CompiledExpression Checked(Evaluator evaluator) =>
        new(evaluator, Problem: evaluator is BrokenEvaluator broken ? broken.Reason.Message : null);

    /// <summary>JSON for typed inputs; for inputs of type Object the text as it is.</summary>
    private static Evaluator Object(JsonNode? value, Type type)
    {
        if (value is null)
        {
            return new ConstantEvaluator(null);
        }

        if (value is not JsonValue scalar || !scalar.TryGetValue<string>(out var text))
        {
            return new StructureEvaluator(value.ToJsonString(), type);
        }

        if (type == typeof(object) || type == typeof(string))
        {
            return new ConstantEvaluator(text);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return new ConstantEvaluator(null);
        }

        try
        {
            var parsed = JsonValues.Parse(text);
            return parsed is System.Collections.IEnumerable and not string
                ? new StructureEvaluator(text, type)
                : new ConstantEvaluator(ValueConversion.To(parsed, type));
        }
        catch (JsonException)
        {
            // Not JSON: a plain text such as "True" or "00:01:00".
            return Literal(text, type);
        }
    }

    private static VariableEvaluator Variable(JsonNode? value) => value switch
    {
        JsonObject o => new VariableEvaluator(o["id"]?.ToString(), o["name"]?.ToString()),
        _ => new VariableEvaluator(value?.ToString(), value?.ToString()),
    };

    private static OutputEvaluator Output(JsonNode? value) => value switch
    {
        JsonObject o => new OutputEvaluator(o["activityId"]?.ToString() ?? "", o["outputName"]?.ToString()),
        _ => throw new FormatException("An Output expression names an activity and an output."),
    };

    private static string NameIn(JsonNode? value) => value switch
    {
        JsonObject o => o["name"]?.ToString() ?? "",
        _ => value?.ToString() ?? "",
    };

    private static CompiledExpression JavaScript(string text, Type type)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new CompiledExpression(new ConstantEvaluator(null));
        }

        var script = PreparedScript.Prepare(text);
        return new CompiledExpression(Converted(new ScriptEvaluator(script), type), script.ReadsOutputs, script.SyntaxError);
    }

    private static CompiledExpression Liquid(string text, Type type)
    {
        var template = new LiquidEvaluator(text);
        return new CompiledExpression(
            type == typeof(string) || type == typeof(object) ? template : Converted(template, type), Problem: template.SyntaxError);
    }

    private static Evaluator Converted(Evaluator inner, Type type) =>
        type == typeof(object) ? inner : new ConvertingEvaluator(inner, type);
}
