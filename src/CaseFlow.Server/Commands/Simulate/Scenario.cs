using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>A scenario file with what it includes, plays written out; the steps are read when they are run.</summary>
internal sealed class Scenario
{
    private readonly Dictionary<string, IReadOnlyList<YamlMap>> _plays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlMap> _forms = new(StringComparer.Ordinal);
    private readonly List<YamlMap> _people = [];
    private readonly List<YamlMap> _bureaus = [];

    private Scenario(string file) => File = file;

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>What it tells, in one line.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Case types whose folders are loaded.</summary>
    public IReadOnlyList<string> CaseTypes { get; private set; } = [];

    /// <summary>Sections and traps of the domain that it covers.</summary>
    public IReadOnlyList<string> Covers { get; private set; } = [];

    /// <summary>Business time at which it begins.</summary>
    public string Start { get; private set; } = "";

    /// <summary>People with their names and days of birth.</summary>
    public IReadOnlyList<YamlMap> People => _people;

    /// <summary>Bodies and accounts besides those of the built-in bureau.</summary>
    public IReadOnlyList<YamlMap> Bureaus => _bureaus;

    /// <summary>Forms by name.</summary>
    public IReadOnlyDictionary<string, YamlMap> Forms => _forms;

    /// <summary>The steps, plays written out.</summary>
    public IReadOnlyList<YamlMap> Steps { get; private set; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="ScenarioException">The file is no scenario.</exception>
    public static Scenario Read(string file)
    {
        var scenario = new Scenario(file);
        var root = Load(file);
        root.Only(["name", "caseType", "covers", "start", "include", "people", "forms", "plays", "bureau", "steps"], "a scenario");
        scenario.Name = root.Required("name");
        scenario.CaseTypes = root.Texts("caseType");
        scenario.Covers = root.Texts("covers");
        scenario.Start = root.Required("start");
        foreach (var include in root.Texts("include"))
        {
            var shared = Load(Path.Combine(Path.GetDirectoryName(file)!, include));
            shared.Only(["people", "forms", "plays", "bureau"], "a file to include");
            scenario.Share(shared);
            shared.Done();
        }

        scenario.Share(root);
        var steps = root.Maps("steps");
        root.Done();
        if (steps.Count == 0)
        {
            throw root.Error("'steps' holds no step.");
        }

        scenario.Steps = [.. steps.SelectMany(step => scenario.Expand(step, 0))];
        return scenario;
    }

    /// <summary>Whether a YAML file is a scenario rather than something to include.</summary>
    public static bool IsScenario(string file) => Load(file).Has("steps");

    private static YamlMap Load(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            throw new ScenarioException(Path.GetFileName(file), "there is no such file.");
        }

        try
        {
            using var reader = new StreamReader(file);
            var stream = new YamlStream();
            stream.Load(new MergingParser(new Parser(reader)));
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? new YamlMap(root, file, text => text)
                : throw new ScenarioException(Path.GetFileName(file), "the file should hold one mapping.");
        }
        catch (YamlException exception)
        {
            throw new ScenarioException($"{Path.GetFileName(file)}:{exception.Start.Line}", exception.Message);
        }
    }

    private void Share(YamlMap root)
    {
        if (root.Map("bureau") is { } bureau)
        {
            _bureaus.Add(bureau);
        }

        if (root.Map("people") is { } people)
        {
            _people.Add(people);
        }

        Each(root.Map("forms"), (forms, name) => _forms[name] = forms.Map(name)!);
        Each(root.Map("plays"), (plays, name) => _plays[name] = plays.Maps(name));
    }

    private static void Each(YamlMap? map, Action<YamlMap, string> take)
    {
        foreach (var name in map?.Keys ?? [])
        {
            take(map!, name);
        }
    }

    private IEnumerable<YamlMap> Expand(YamlMap step, int depth)
    {
        if (step.Text("play") is not { } play)
        {
            StepShape.Check(step);
            return [step.Again()];
        }

        step.Only(["play", "with"], "a play");

        if (depth > 8 || !_plays.TryGetValue(play, out var steps))
        {
            throw step.Error($"there is no play '{play}'. Known: {string.Join(", ", _plays.Keys)}.");
        }

        var with = step.Map("with");
        var values = (with?.Keys ?? []).ToDictionary(key => key, key => with!.Text(key) ?? "", StringComparer.Ordinal);
        step.Done();
        return steps.SelectMany(inner => Expand(inner.With(text => Replace(text, values)), depth + 1));
    }

    /// <summary>Fills in parameters of plays; other <c>${…}</c> stay for later.</summary>
    private static string Replace(string text, Dictionary<string, string> values) =>
        values.Aggregate(text, (filled, value) => filled.Replace("${" + value.Key + "}", value.Value, StringComparison.Ordinal));
}
