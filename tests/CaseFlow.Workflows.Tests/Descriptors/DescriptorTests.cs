using System.Text.Json.Nodes;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Tests.Samples;

namespace CaseFlow.Workflows.Tests.Descriptors;

/// <summary>The activities of the engine are described to the designer as Elsa describes them.</summary>
public sealed class DescriptorTests
{
    private static readonly Dictionary<string, JsonObject> Elsa = ((JsonArray)JsonNode.Parse(
        File.ReadAllText(Path.Combine(Sample.Folder, "api", "descriptors-activities.json")))!["items"]!)
        .OfType<JsonObject>().ToDictionary(x => x["typeName"]!.ToString(), StringComparer.Ordinal);

    public static TheoryData<string> Types => [.. ActivityRegistry.CreateDefault().Descriptors.Select(x => x.TypeName)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_descriptor_is_as_Elsa_has_it(string type)
    {
        var ours = ActivityRegistry.CreateDefault().Find(type)!;
        Assert.True(Elsa.TryGetValue(type, out var elsa), $"Elsa has no {type}.");
        Assert.Equal(elsa["category"]!.ToString(), ours.Category);
        Assert.Equal(elsa["displayName"]!.ToString(), ours.DisplayName);
        Assert.Equal(elsa["description"]?.ToString(), ours.Description);
        Assert.Equal(elsa["kind"]!.ToString(), ours.Kind.ToString());
        Assert.Equal(elsa["version"]!.GetValue<int>(), ours.Version);
        Assert.Equal(elsa["isContainer"]!.GetValue<bool>(), ours.IsContainer);
        Assert.Equal(elsa["isTerminal"]!.GetValue<bool>(), ours.IsTerminal);
        Assert.Equal(elsa["isStart"]!.GetValue<bool>(), ours.IsStart);
        Assert.Equal(elsa["isBrowsable"]!.GetValue<bool>(), ours.IsBrowsable);
        Assert.Equal(Lines(elsa["inputs"], InputLine), ours.Inputs.Select(x => $"{x.Name} {x.TypeName} {x.IsWrapped} {x.UIHint} {x.DisplayName} {x.Description} {x.AutoEvaluate}"));
        Assert.Equal(Lines(elsa["outputs"], x => $"{x["name"]} {x["typeName"]}"), ours.Outputs.Select(x => $"{x.Name} {x.TypeName}"));
        Assert.Equal(Lines(elsa["ports"], x => $"{x["name"]} {x["type"]}"), ours.Ports.Select(x => $"{x.Name} {x.Type}"));
    }

    private static string InputLine(JsonObject x) =>
        $"{x["name"]} {x["typeName"]} {x["isWrapped"]!.GetValue<bool>()} {x["uiHint"]} {x["displayName"]} {x["description"]} {x["autoEvaluate"]!.GetValue<bool>()}";

    private static IEnumerable<string> Lines(JsonNode? items, Func<JsonObject, string> line) => ((JsonArray)items!).OfType<JsonObject>().Select(line);
}
