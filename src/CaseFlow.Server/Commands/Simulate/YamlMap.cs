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

    public string? Text(string key) => Node(key) is YamlScalarNode scalar ? Filled(scalar) : null;

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
        YamlSequenceNode list => [.. list.Children.OfType<YamlScalarNode>().Select(Filled)],
        YamlScalarNode scalar => [Filled(scalar)],
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

    /// <summary>Refuses keys other than those named, with the one that was probably meant.</summary>
    public void Only(IReadOnlyCollection<string> allowed, string? of = null)
    {
        foreach (var (key, _) in _node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!allowed.Contains(name, StringComparer.Ordinal))
            {
                var near = allowed.Where(known => Distance(known, name) <= 2).MinBy(known => Distance(known, name));
                throw new ScenarioException(
                    $"{System.IO.Path.GetFileName(File)}:{key.Start.Line}",
                    $"unknown key '{name}'.{(near is null ? "" : $" Did you mean '{near}'?")} {(of is null ? "Known here" : $"Known for {of}")}: {string.Join(", ", allowed)}.");
            }
        }
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (corner, above) = (i - 1, 0);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[b.Length];
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
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Scalar(plain),
        YamlScalarNode quoted => JsonValue.Create(Filled(quoted)),
        _ => null,
    };

    private string Filled(YamlScalarNode node)
    {
        try
        {
            return Fill(node.Value ?? "");
        }
        catch (KeyNotFoundException unknown)
        {
            throw new ScenarioException($"{System.IO.Path.GetFileName(File)}:{node.Start.Line}", unknown.Message);
        }
    }

    private JsonValue? Scalar(YamlScalarNode node) => (node.Value ?? "") switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && (text == "0" || text[0] != '0') => JsonValue.Create(whole),
        var text when text.Length < 20 && char.IsAsciiDigit(text[^1]) && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(Filled(node)),
    };
}
