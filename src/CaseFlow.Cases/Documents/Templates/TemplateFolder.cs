using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CaseFlow.Cases.Documents.Templates;

/// <summary>A template as it is imported: common parts and common fields already put in.</summary>
/// <param name="Key">Key such as <c>dibao/confirmation-notice</c>.</param>
/// <param name="Title">Title of the document.</param>
/// <param name="NumberKind">Kind character of its number; null if it gets none.</param>
/// <param name="Text">The Scriban text.</param>
/// <param name="ModelJson">The declaration.</param>
public sealed record TemplateFile(string Key, string Title, string? NumberKind, string Text, string ModelJson);

/// <summary>
/// Reads the folder <c>templates/</c>: <c>name.scriban</c> beside <c>name.model.json</c>. <c>{{ include 'common/head' }}</c>
/// and the declaration's <c>uses</c> are replaced by the files they name when the template is imported: so a published
/// version is whole and stays what it was when a common part changes later.
/// </summary>
public static partial class TemplateFolder
{
    private const string Common = "common/";

    /// <summary>Reads all templates except the common parts.</summary>
    /// <exception cref="TemplateException">A file is missing or wrong.</exception>
    public static IReadOnlyList<TemplateFile> Read(string folder)
    {
        var result = new List<TemplateFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.scriban", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var key = Path.GetRelativePath(folder, path).Replace('\\', '/')[..^".scriban".Length];
            if (!key.StartsWith(Common, StringComparison.Ordinal))
            {
                result.Add(ReadOne(folder, key));
            }
        }

        return result;
    }

    private static TemplateFile ReadOne(string folder, string key)
    {
        var declaration = Declaration(folder, key);
        var model = TemplateModel.Parse(declaration.ToJsonString());
        var text = Expand(folder, key, File.ReadAllText(Path.Combine(folder, key + ".scriban")), depth: 0);
        return new TemplateFile(key, model.Title, model.NumberKind, text, declaration.ToJsonString(CaseJsonOptions));
    }

    private static string Expand(string folder, string key, string text, int depth) => depth > MostIncludes
        ? throw new TemplateException(key, 0, "common parts include one another without end")
        : Include().Replace(text, match =>
            Expand(folder, key, File.ReadAllText(CommonPath(folder, key, match.Groups["part"].Value, ".scriban")).TrimEnd(), depth + 1));

    private const int MostIncludes = 5;

    private static readonly System.Text.Json.JsonSerializerOptions CaseJsonOptions = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static JsonObject Declaration(string folder, string key)
    {
        var path = Path.Combine(folder, key + ".model.json");
        if (!File.Exists(path))
        {
            throw new TemplateException(key, 0, $"has no {key}.model.json beside it");
        }

        var declaration = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var own = declaration["fields"]?.AsArray() ?? [];
        var fields = new JsonArray();
        foreach (var used in declaration["uses"]?.AsArray() ?? [])
        {
            var common = JsonNode.Parse(File.ReadAllText(CommonPath(folder, key, (string)used!, ".model.json")))!.AsObject();
            foreach (var field in common["fields"]!.AsArray())
            {
                fields.Add(field!.DeepClone());
            }
        }

        foreach (var field in own)
        {
            fields.Add(field!.DeepClone());
        }

        declaration.Remove("uses");
        declaration["fields"] = fields;
        return declaration;
    }

    private static string CommonPath(string folder, string key, string part, string extension)
    {
        var path = Path.Combine(folder, part + extension);
        return CommonName().IsMatch(part) && File.Exists(path)
            ? path
            : throw new TemplateException(key, 0, $"'{part}' is no common part; only templates/common/ can be included");
    }

    [GeneratedRegex(@"\{\{-?\s*include\s+'(?<part>[^']*)'\s*-?\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Include();

    [GeneratedRegex("^common/[a-z0-9-]+$", RegexOptions.None, 1000)]
    private static partial Regex CommonName();
}
