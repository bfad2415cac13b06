using System.Text.Json.Nodes;

namespace CaseFlow.Server.Tests.ElsaApi;

/// <summary>Small definitions, as the designer would send them.</summary>
internal static class Drawing
{
    private static int number;

    /// <summary>Start → a line of text, with a name that no other test uses.</summary>
    public static JsonObject Hello(string text = "你好")
    {
        var name = $"测试流程 {Interlocked.Increment(ref number)}";
        return new JsonObject
        {
            ["definitionId"] = null,
            ["name"] = name,
            ["variables"] = new JsonArray(),
            ["customProperties"] = new JsonObject(),
            ["root"] = new JsonObject
            {
                ["id"] = "flow",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["name"] = "Flowchart1",
                ["activities"] = new JsonArray(Start(), Line(text)),
                ["connections"] = new JsonArray(Way("start", "line")),
            },
        };
    }

    /// <summary>The activities of a definition.</summary>
    public static JsonArray Activities(this JsonObject definition) => definition["root"]!["activities"]!.AsArray();

    /// <summary>One activity of a definition.</summary>
    public static JsonObject Activity(this JsonObject definition, string id) => definition.Activities().OfType<JsonObject>().First(a => a["id"]!.ToString() == id);

    /// <summary>Puts another text into the line.</summary>
    public static JsonObject Saying(this JsonObject definition, string text)
    {
        definition.Activity("line")["text"] = Literal(text);
        return definition;
    }

    /// <summary>A literal input.</summary>
    public static JsonObject Literal(string value) =>
        new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };

    /// <summary>An activity of a type that nobody has registered.</summary>
    public static JsonObject Unknown() => new() { ["id"] = "odd", ["type"] = "Nobody.Knows", ["version"] = 1, ["name"] = "怪步骤", ["metadata"] = At(0, 300) };

    private static JsonObject Start() => new() { ["id"] = "start", ["type"] = "Elsa.Start", ["version"] = 1, ["name"] = "Start1", ["metadata"] = At(0, 0) };

    private static JsonObject Line(string text) =>
        new() { ["id"] = "line", ["type"] = "Elsa.WriteLine", ["version"] = 1, ["name"] = "WriteLine1", ["text"] = Literal(text), ["metadata"] = At(0, 150) };

    /// <summary>A place in the drawing.</summary>
    public static JsonObject At(int x, int y) =>
        new() { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = x, ["y"] = y } } };

    private static JsonObject Way(string from, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = "Done" },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };
}
