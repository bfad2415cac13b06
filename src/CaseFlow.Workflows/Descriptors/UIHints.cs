namespace CaseFlow.Workflows.Descriptors;

/// <summary>Which editor the designer uses for a type, and with which choices.</summary>
internal static class UIHints
{
    public static string Default(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool))
        {
            return InputUIHints.Checkbox;
        }

        if (type.IsEnum)
        {
            return InputUIHints.DropDown;
        }

        if (typeof(Variable).IsAssignableFrom(type))
        {
            return InputUIHints.VariablePicker;
        }

        return type != typeof(string) && type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
            ? InputUIHints.MultiText
            : InputUIHints.SingleLine;
    }

    public static Dictionary<string, object?> Specifications(Type type, InputAttribute? attribute)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var choices = attribute?.Options switch
        {
            IEnumerable<string> names => names.ToList(),
            _ when type.IsEnum => [.. Enum.GetNames(type)],
            _ => null,
        };
        var result = new Dictionary<string, object?>();
        if (choices is not null)
        {
            var items = choices.Select(x => new Dictionary<string, object?> { ["text"] = x, ["value"] = x }).ToList();
            var key = attribute?.UIHint is InputUIHints.CheckList or InputUIHints.RadioList ? attribute.UIHint : InputUIHints.DropDown;
            result[key] = new Dictionary<string, object?>
            {
                [string.Equals(key, InputUIHints.CheckList, StringComparison.Ordinal) ? "checkList" : "selectList"] =
                    new Dictionary<string, object?> { ["items"] = items },
            };
        }

        if (string.Equals(attribute?.UIHint, InputUIHints.CodeEditor, StringComparison.Ordinal))
        {
            result[InputUIHints.CodeEditor] = new Dictionary<string, object?> { ["language"] = attribute!.DefaultSyntax?.ToLowerInvariant() ?? "plaintext" };
        }

        return result;
    }
}
