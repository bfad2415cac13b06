using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;

namespace CaseFlow.Cases.CaseTypes;

/// <summary>A text in Chinese and English.</summary>
/// <param name="Zh">Chinese, always there.</param>
/// <param name="En">English.</param>
public sealed record BilingualText(string Zh, string En)
{
    /// <summary>The text in the culture's language.</summary>
    public string In(string culture) => culture.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;

    internal static BilingualText Read(JsonNode? node, string fallback)
    {
        if (node is not JsonObject texts)
        {
            return new BilingualText(fallback, fallback);
        }

        var zh = texts.Text("zh-CN") ?? fallback;
        return new BilingualText(zh, texts.Text("en") ?? zh);
    }
}

/// <summary>A stage of a case with its name for staff and the plain words that the citizen reads.</summary>
/// <param name="Id">Identifier of the glossary.</param>
/// <param name="Name">For staff.</param>
/// <param name="Citizen">For the citizen.</param>
public sealed record StageName(string Id, BilingualText Name, BilingualText Citizen);

/// <summary>A kind of procedure and the definition that it runs.</summary>
/// <param name="Kind">Kind such as <c>application</c>.</param>
/// <param name="DefinitionId">Elsa's <c>definitionId</c>.</param>
/// <param name="Name">Name.</param>
public sealed record ProcedureKind(string Kind, string DefinitionId, BilingualText Name);

/// <summary>A required or possible paper.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Required">Whether every application needs it.</param>
/// <param name="Hint">What it is good for and who issues it.</param>
public sealed record MaterialRequirement(string Code, BilingualText Name, bool Required, BilingualText Hint);

/// <summary><c>case-type.json</c> as read: names, stages, procedures and the forms of the steps.</summary>
public sealed class CaseTypeManifest
{
    private readonly Dictionary<string, StageName> _stages;
    private readonly JsonObject _forms;

    private CaseTypeManifest(JsonObject json)
    {
        Code = json.Text("code") ?? throw new FormatException("case-type.json has no code.");
        Name = BilingualText.Read(json["name"], Code);
        NumberPrefix = json.Text("numberPrefix") ?? throw new FormatException("case-type.json has no numberPrefix.");
        NoticeProgramme = json.Text("noticeProgramme") ?? Name.Zh;
        Sensitive = json.Flag("sensitive");
        Group = Enum.TryParse<Scope.CaseTypeGroup>(json.Text("group"), out var group) ? group : Scope.CaseTypeGroup.General;
        Conditions = [.. json.Objects("conditions").Select(c => BilingualText.Read(c, ""))];
        Stages = [.. json.Objects("stages").Select(ReadStage)];
        _stages = Stages.ToDictionary(s => s.Id, StringComparer.Ordinal);
        Procedures = [.. json.Objects("procedures").Select(ReadProcedure)];
        _forms = json["forms"] as JsonObject ?? [];
        Messages = json["messages"] is JsonArray messages
            ? MessageTemplates.Parse(messages)
            : new Dictionary<string, MessageTemplate>(StringComparer.Ordinal);
    }

    /// <summary>Code of the case type.</summary>
    public string Code { get; }

    /// <summary>Its name.</summary>
    public BilingualText Name { get; }

    /// <summary>Letters that begin case numbers, <c>DB</c>.</summary>
    public string NumberPrefix { get; }

    /// <summary>Programme as a public notice names it.</summary>
    public string NoticeProgramme { get; }

    /// <summary>Whether its cases are restricted.</summary>
    public bool Sensitive { get; }

    /// <summary>Which posts may read its cases.</summary>
    public Scope.CaseTypeGroup Group { get; }

    /// <summary>Who can apply, in plain sentences for citizens; may be empty.</summary>
    public IReadOnlyList<BilingualText> Conditions { get; }

    /// <summary>The stages in their usual order.</summary>
    public IReadOnlyList<StageName> Stages { get; }

    /// <summary>The kinds of procedure.</summary>
    public IReadOnlyList<ProcedureKind> Procedures { get; }

    /// <summary>Wordings of the messages to the applicant, by key.</summary>
    public IReadOnlyDictionary<string, MessageTemplate> Messages { get; }

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="FormatException">A part that everything needs is missing.</exception>
    public static CaseTypeManifest Parse(string json) => new(CaseJson.ReadObject(json));

    /// <summary>The stage, or null if the case type has none of this name.</summary>
    public StageName? Stage(string id) => _stages.GetValueOrDefault(id);

    /// <summary>The JSON schema of a step's form; null if there is none.</summary>
    public string? FormSchema(string key) => _forms[key]?.ToJsonString(CaseJson.Options);

    private static StageName ReadStage(JsonObject json)
    {
        var id = json.Text("id") ?? throw new FormatException("A stage has no id.");
        var name = BilingualText.Read(json["name"], id);
        return new StageName(id, name, BilingualText.Read(json["citizen"], name.Zh));
    }

    private static ProcedureKind ReadProcedure(JsonObject json)
    {
        var kind = json.Text("kind") ?? throw new FormatException("A procedure has no kind.");
        return new ProcedureKind(
            kind,
            json.Text("definition") ?? throw new FormatException($"Procedure {kind} has no definition."),
            BilingualText.Read(json["name"], kind));
    }
}
