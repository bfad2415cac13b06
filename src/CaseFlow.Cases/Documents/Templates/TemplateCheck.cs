using System.Text.Json.Nodes;
using Scriban.Syntax;

namespace CaseFlow.Cases.Documents.Templates;

/// <summary>
/// Checks a template against its declared model before it is published: it parses; every field that it reads, also in
/// branches that the example does not take, is declared; it renders with the example, and with every optional field absent.
/// </summary>
public static class TemplateCheck
{
    /// <summary>Everything that is wrong, one sentence each; empty if nothing is.</summary>
    public static IReadOnlyList<string> Run(string key, string text, TemplateModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            var undeclared = new FieldsRead(model).Undeclared(TemplateSandbox.Parse(key, text).Page);
            if (undeclared.Count > 0)
            {
                return undeclared;
            }

            var renderer = new TemplateRenderer();
            renderer.RenderHtml(key, text, model.Example());
            renderer.RenderHtml(key, text, WithoutOptional(model.Example(), model.Fields));
            return [];
        }
        catch (TemplateException e)
        {
            return [e.Message];
        }
    }

    private static JsonObject WithoutOptional(JsonObject example, IReadOnlyList<ModelField> fields)
    {
        foreach (var field in fields)
        {
            if (field.Optional)
            {
                example[field.Name] = null;
            }
            else if (example[field.Name] is JsonObject child)
            {
                WithoutOptional(child, field.Fields);
            }
            else if (example[field.Name] is JsonArray list)
            {
                foreach (var item in list.OfType<JsonObject>())
                {
                    WithoutOptional(item, field.Fields);
                }
            }
        }

        return example;
    }

    /// <summary>Finds the paths that a template reads.</summary>
    private sealed class FieldsRead(TemplateModel model) : ScriptVisitor
    {
        private readonly Dictionary<string, IReadOnlyList<ModelField>?> _locals = new(StringComparer.Ordinal);
        private readonly List<string> _errors = [];

        public List<string> Undeclared(ScriptPage? page)
        {
            if (page is not null)
            {
                Visit(page);
            }

            return _errors;
        }

        public override void Visit(ScriptForStatement node)
        {
            var fields = Resolve(node.Iterator);
            if (node.Variable is ScriptVariable variable)
            {
                _locals[variable.Name] = fields;
            }

            base.Visit(node);
        }

        public override void Visit(ScriptAssignExpression node)
        {
            if (node.Target is ScriptVariable variable)
            {
                _locals[variable.Name] = Resolve(node.Value);
            }

            base.Visit(node);
        }

        public override void Visit(ScriptMemberExpression node) => Resolve(node);

        public override void Visit(ScriptVariableGlobal node) => Resolve(node);

        /// <summary>The fields inside an expression; null where it cannot be known (functions).</summary>
        private IReadOnlyList<ModelField>? Resolve(ScriptExpression? expression)
        {
            switch (expression)
            {
                case ScriptMemberExpression { Target: ScriptVariable { Name: "array" or "string" or "math" or "for" } }:
                    return null;
                case ScriptMemberExpression member:
                    return Resolve(member.Target) is { } inside ? Find(inside, member.Member?.Name ?? "", member) : null;
                case ScriptVariable { Name: "for" }:
                    return null;
                case ScriptVariable variable when _locals.TryGetValue(variable.Name, out var local):
                    return local;
                case ScriptVariable variable when TemplateFunctionNames.Contains(variable.Name):
                    return null;
                case ScriptVariable variable:
                    return Find(model.Fields, variable.Name, variable);
                case null:
                    return null;
                default:
                    Visit(expression);
                    return null;
            }
        }

        private IReadOnlyList<ModelField>? Find(IReadOnlyList<ModelField> fields, string name, ScriptNode at)
        {
            var field = fields.FirstOrDefault(f => f.Name == name);
            if (field is not null)
            {
                return field.Type is FieldType.Object or FieldType.List ? field.Fields : null;
            }

            if (name != "size")
            {
                _errors.Add($"line {at.Span.Start.Line + 1}: {at} is not declared in the model.");
            }

            return null;
        }

        private static readonly HashSet<string> TemplateFunctionNames = new(TemplateFunctions.Build().Keys, StringComparer.Ordinal);
    }
}
