using System.Text.Json.Nodes;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Tests.Samples;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CaseFlow.Workflows.Tests.Definitions;

/// <summary>Reading and writing a definition loses nothing.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string> Names => [.. Sample.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_is_written_as_it_was_read(string name)
    {
        var text = Sample.DefinitionText(name);
        var written = WorkflowDefinition.Parse(text).ToJson();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(written)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_and_order_of_members_are_kept(string name)
    {
        var text = Sample.DefinitionText(name);
        var written = WorkflowDefinition.Parse(text).ToJson(indented: false);
        var again = WorkflowDefinition.Parse(written).ToJson(indented: false);
        Assert.Equal(written, again);
        Assert.Equal(Members(JsonNode.Parse(text)!), Members(JsonNode.Parse(written)!));
    }

    [Property(MaxTest = 300)]
    public FsCheck.Property Unknown_members_survive_anywhere() =>
        Prop.ForAll(Definitions().ToArbitrary(), json =>
        {
            var written = WorkflowDefinition.Parse(json.ToJsonString()).ToJson();
            return JsonNode.DeepEquals(json, JsonNode.Parse(written));
        });

    [Fact]
    public void Long_numbers_keep_their_digits()
    {
        const string Text = """{"definitionId":"d","x":9007199254740993,"y":0.1000000000000000055511151231257827,"z":1e400}""";
        Assert.Equal(Text, WorkflowDefinition.Parse(Text).ToJson(indented: false));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"definitionId":"d","a":1,"a":2}""")]
    public void What_is_no_definition_is_refused(string text) =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => WorkflowDefinition.Parse(text).ToJson());

    private static Gen<JsonObject> Definitions() =>
        from name in Gen.Elements(Sample.Names.ToArray())
        from extras in (from key in Gen.Elements("x", "未知", "extra.member", "$odd", "x y") from value in Values(3) from place in Gen.Choose(0, 200) select (key, value, place)).ListOf(5)
        select Insert((JsonObject)JsonNode.Parse(Sample.DefinitionText(name))!, extras);

    private static Gen<JsonNode?> Values(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Constant<JsonNode?>(null),
            Gen.Choose(-1000, 1000).Select(x => (JsonNode?)JsonValue.Create(x)),
            Gen.Elements("", "text", "引号\"", "\u0001", "</script>").Select(x => (JsonNode?)JsonValue.Create(x)),
            Gen.Elements(true, false).Select(x => (JsonNode?)JsonValue.Create(x)));
        return depth == 0
            ? leaf
            : Gen.OneOf(
                leaf,
                Values(depth - 1).ListOf(3).Select(x => (JsonNode?)new JsonArray([.. x.Select(v => v?.DeepClone())])),
                Values(depth - 1).ListOf(2).Select(x => (JsonNode?)new JsonObject(x.Select((v, i) => KeyValuePair.Create($"m{i}", v?.DeepClone())))));
    }

    private static JsonObject Insert(JsonObject root, IEnumerable<(string Key, JsonNode? Value, int Place)> extras)
    {
        foreach (var (key, value, place) in extras)
        {
            var objects = Objects(root).ToList();
            objects[place % objects.Count][key] = value?.DeepClone();
        }

        return root;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => [o, .. o.SelectMany(p => Objects(p.Value))],
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };

    private static List<string> Members(JsonNode node) => [.. Objects(node).SelectMany(o => o.Select(p => p.Key))];
}
