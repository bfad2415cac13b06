using System.Text.Json.Nodes;
using CaseFlow.Cases.Documents.Templates;

namespace CaseFlow.Cases.Messages;

/// <summary>The wordings of one message: subject of the mail, its text, and the SMS.</summary>
/// <param name="Key">For example <c>confirmed</c>.</param>
/// <param name="Subject">Subject; never names the benefit.</param>
/// <param name="Mail">Scriban text of the mail and the portal.</param>
/// <param name="Sms">Scriban text of the SMS; neither amount nor illness nor income.</param>
public sealed record MessageTemplate(string Key, string Subject, string Mail, string Sms)
{
    /// <summary>Fills in the model; a field that it lacks is an error that names it.</summary>
    /// <exception cref="TemplateException">A field is missing.</exception>
    public MessageTemplate Render(JsonObject model)
    {
        var renderer = new TemplateRenderer();
        return new MessageTemplate(
            Key,
            renderer.RenderText($"{Key}/subject", Subject, model),
            renderer.RenderText($"{Key}/mail", Mail, model),
            renderer.RenderText($"{Key}/sms", Sms, model));
    }
}

/// <summary>Reads <c>templates/&lt;case type&gt;/messages.json</c>.</summary>
public static class MessageTemplates
{
    /// <summary>The messages of a case type by key.</summary>
    /// <exception cref="FormatException">The file is wrong; the message says where.</exception>
    public static IReadOnlyDictionary<string, MessageTemplate> Parse(string json)
    {
        var result = new Dictionary<string, MessageTemplate>(StringComparer.Ordinal);
        foreach (var node in JsonNode.Parse(json)?["messages"]?.AsArray() ?? throw new FormatException("The file has no messages."))
        {
            var key = Text(node, "key", "a message");
            var message = new MessageTemplate(key, Text(node, "subject", key), Text(node, "mail", key), Text(node, "sms", key));
            if (!result.TryAdd(key, message))
            {
                throw new FormatException($"The message {key} is there twice.");
            }
        }

        return result;
    }

    private static string Text(JsonNode? node, string name, string of) =>
        (string?)node?[name] is { Length: > 0 } text ? text : throw new FormatException($"{of} has no {name}.");
}
