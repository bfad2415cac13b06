using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.ElsaApi;

/// <summary>What the JavaScript editor completes: the functions of expressions, and one getter and setter per variable.</summary>
internal static class ScriptTypes
{
    private const string Functions = """
        declare function getVariable(name: string): any;
        declare function setVariable(name: string, value: any): void;
        declare function getInput(name: string): any;
        declare function getOutputFrom(activityName: string, outputName?: string): any;
        declare function getLastResult(): any;
        declare function getWorkflowInstanceId(): string;
        declare function getCorrelationId(): string;
        declare function setCorrelationId(value: string): void;
        declare function toJson(value: any): string;
        declare const variables: any;

        """;

    /// <summary>Answers with TypeScript declarations as text.</summary>
    public static async Task<IResult> AnswerAsync(string definitionId, IUnitOfWork work, CancellationToken cancellationToken)
    {
        var row = await work.Set<WorkflowDefinitionVersion>().AsNoTracking()
            .FirstOrDefaultAsync(d => d.DefinitionId == definitionId && d.IsLatest, cancellationToken);
        var text = new StringBuilder(Functions);
        foreach (var variable in Variables(row))
        {
            var name = Pascal(variable.Text("name")!);
            var type = TypeOf(variable.Text("typeName"));
            text.Append("declare function get").Append(name).Append("(): ").Append(type).AppendLine(";");
            text.Append("declare function set").Append(name).Append("(value: ").Append(type).AppendLine("): void;");
        }

        return Results.Text(text.ToString(), "application/x-typescript", Encoding.UTF8);
    }

    private static IEnumerable<JsonObject> Variables(WorkflowDefinitionVersion? row) =>
        row is not null && DefinitionDocument.Read(row)["variables"] is JsonArray variables
            ? variables.OfType<JsonObject>().Where(v => !string.IsNullOrEmpty(v.Text("name")))
            : [];

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string TypeOf(string? typeName) => typeName switch
    {
        "String" or "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan" => "string",
        "Boolean" => "boolean",
        "Int32" or "Long" or "Int64" or "Single" or "Double" or "Decimal" => "number",
        _ => "any",
    };
}
