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

/// <summary>
/// Reads the wordings of <c>workflows/&lt;case type&gt;/messages.json</c>. Mail boxes and telephones are read over shoulders: no
/// subject line and no SMS may name poverty, a benefit or a child.
/// </summary>
public static class MessageTemplates
{
    private static readonly string[] Unspeakable = ["低保", "最低生活保障", "救助", "困难", "贫困", "特困", "孤儿", "儿童", "残疾", "事实无人抚养", "补贴", "收入"];

    /// <summary>The messages of a case type by key.</summary>
    /// <exception cref="FormatException">The file is wrong; the message says where.</exception>
    public static IReadOnlyDictionary<string, MessageTemplate> Parse(JsonArray messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var result = new Dictionary<string, MessageTemplate>(StringComparer.Ordinal);
        foreach (var node in messages)
        {
            var key = Text(node, "key", "a message");
            var message = new MessageTemplate(key, Text(node, "subject", key), Text(node, "mail", key), Text(node, "sms", key));
            RefuseUnspeakable(message);
            if (!result.TryAdd(key, message))
            {
                throw new FormatException($"The message {key} is there twice.");
            }
        }

        return result;
    }

    private static void RefuseUnspeakable(MessageTemplate message)
    {
        foreach (var word in Unspeakable)
        {
            if (message.Subject.Contains(word, StringComparison.Ordinal) || message.Sms.Contains(word, StringComparison.Ordinal))
            {
                throw new FormatException($"The message {message.Key} says “{word}” in its subject or SMS, where others may read it.");
            }
        }
    }

    private static string Text(JsonNode? node, string name, string of) =>
        (string?)node?[name] is { Length: > 0 } text ? text : throw new FormatException($"{of} has no {name}.");
}
