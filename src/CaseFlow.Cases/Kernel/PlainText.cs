using System.Text.Json.Nodes;

namespace CaseFlow.Cases.Kernel;

/// <summary>
/// Text that a person typed holds no control characters but tab and line ends: PostgreSQL cannot keep U+0000, and no paper can
/// print the others. Nobody types them; they come from programs and from damaged copies.
/// </summary>
public static class PlainText
{
    private const string Message = "含有不能保存的控制字符，请删去后重新填写。";

    /// <summary>Whether a text can be kept and printed.</summary>
    public static bool Holds(string? text)
    {
        foreach (var c in text ?? "")
        {
            if (c < ' ' && c is not ('\t' or '\n' or '\r'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Refuses a text that cannot be kept.</summary>
    /// <exception cref="InvalidInputException">It holds a control character.</exception>
    public static void Require(string field, string? text)
    {
        if (!Holds(text))
        {
            throw new InvalidInputException(field, Message);
        }
    }

    /// <summary>Refuses a form with such a text, or such a name, anywhere in it; the field is its path, for example <c>corrections[0].request</c>.</summary>
    /// <exception cref="InvalidInputException">One holds a control character.</exception>
    public static void Require(JsonNode? form)
    {
        switch (form)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    Require("form", name);
                    Require(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Require(item);
                }

                break;
            case JsonValue value when value.TryGetValue<string>(out var text):
                Require(value.GetPath().TrimStart('$', '.'), text);
                break;
        }
    }
}
