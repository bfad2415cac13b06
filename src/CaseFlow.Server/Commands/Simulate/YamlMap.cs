using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>
/// A mapping of a scenario file, read strictly: every key must be asked for before <see cref="Done"/>, so that a misspelt one
/// is told with its line. <c>${…}</c> in texts is filled in when the text is read.
/// </summary>
internal sealed class YamlMap
{
    private readonly YamlMappingNode _node;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public YamlMap(YamlMappingNode node, string file, Func<string, string> fill)
    {
        _node = node;
        File = file;
        Fill = fill;
    }

    /// <summary>The file, for messages.</summary>
    public string File { get; }

    /// <summary>Fills in <c>${…}</c>.</summary>
    public Func<string, string> Fill { get; }

    /// <summary>File and line.</summary>
    public string Place => $"{System.IO.Path.GetFileName(File)}:{_node.Start.Line}";

    /// <summary>The keys in their order.</summary>
    public IEnumerable<string> Keys => _node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>The same mapping; what is filled in already is filled in once more.</summary>
    public YamlMap With(Func<string, string> fill)
    {
        var before = Fill;
        return new YamlMap(_node, File, text => fill(before(text)));
    }

    /// <summary>A fresh reading of the same mapping.</summary>
    public YamlMap Again() => new(_node, File, Fill);

    public bool Has(string key) => Node(key) is not null;

    public string? Text(string key) => Node(key) is YamlScalarNode scalar ? Fill(scalar.Value ?? "") : null;

    public string Required(string key) => Text(key) ?? throw Error($"'{key}' is missing.");

    public bool Flag(string key) => Text(key) switch
    {
        null or "false" or "no" => false,
        "true" or "yes" => true,
        var other => throw Error($"'{key}' is true or false, not '{other}'."),
    };

    public int? Whole(string key) => Text(key) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw Error($"'{key}' is a whole number, not '{text}'."),
    };

    public YamlMap? Map(string key) => Node(key) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(map, File, Fill),
        _ => throw Error($"'{key}' should be a mapping."),
    };

    public IReadOnlyList<YamlMap> Maps(string key) => Node(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select(child => child as YamlMappingNode ?? throw Error($"'{key}' is a list of mappings."))
            .Select(child => new YamlMap(child, File, Fill))],
        YamlScalarNode { Value: "" or null } => [],
        _ => throw Error($"'{key}' should be a list."),
    };

    /// <summary>A list of texts; a single text is a list of one.</summary>
    public IReadOnlyList<string> Texts(string key) => Node(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.OfType<YamlScalarNode>().Select(child => Fill(child.Value ?? ""))],
        YamlScalarNode scalar => [Fill(scalar.Value ?? "")],
        _ => throw Error($"'{key}' should be a list of texts."),
    };

    /// <summary>Anything as JSON; unquoted numbers, true, false and null keep their kind.</summary>
    public JsonNode? Json(string key) => Node(key) is { } node ? ToJson(node) : null;

    /// <summary>The whole mapping as JSON.</summary>
    public JsonObject AsJson()
    {
        foreach (var key in Keys)
        {
            _asked.Add(key);
        }

        return (JsonObject)ToJson(_node)!;
    }

    /// <summary>Refuses keys that nobody asked for.</summary>
    public void Done()
    {
        var unknown = Keys.Where(key => !_asked.Contains(key)).ToList();
        if (unknown.Count > 0)
        {
            throw Error($"unknown key '{string.Join("', '", unknown)}'. Known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.");
        }
    }

    public ScenarioException Error(string message) => new(Place, message);

    private YamlNode? Node(string key)
    {
        _asked.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    private JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child =>
            KeyValuePair.Create(((YamlScalarNode)child.Key).Value ?? "", ToJson(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Scalar(plain.Value ?? ""),
        YamlScalarNode quoted => JsonValue.Create(Fill(quoted.Value ?? "")),
        _ => null,
    };

    private JsonValue? Scalar(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && (text == "0" || text[0] != '0') => JsonValue.Create(whole),
        _ when text.Length < 20 && char.IsAsciiDigit(text[^1]) && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(Fill(text)),
    };
}
