using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Activities;

/// <summary>The case and the procedure for which an activity runs.</summary>
/// <param name="Case">The case.</param>
/// <param name="Procedure">The procedure; its id is the instance's.</param>
internal sealed record CaseOfActivity(Case Case, Procedure Procedure);

/// <summary>What every activity of a case needs to read.</summary>
internal static class CaseActivityExtensions
{
    /// <summary>The case of the running instance.</summary>
    /// <exception cref="InvalidOperationException">The instance is tied to no case.</exception>
    public static async Task<CaseOfActivity> CaseAsync(this ActivityExecutionContext context)
    {
        var reader = context.GetRequiredService<ProcedureReader>();
        if (!Id<Procedure>.TryParse(context.WorkflowExecutionContext.Id, out var id))
        {
            throw new InvalidOperationException("This activity works only in a procedure of a case.");
        }

        var procedure = await reader.FindAsync(id, context.CancellationToken)
            ?? throw new InvalidOperationException("This activity works only in a procedure of a case.");
        var caseFile = await reader.CaseOfAsync(procedure, context.CancellationToken)
            ?? throw new InvalidOperationException("The case of this procedure cannot be read.");
        return new CaseOfActivity(caseFile, procedure);
    }

    /// <summary>The task of a step that was completed last in this procedure; null if there is none.</summary>
    public static Task<WorkTask?> LastTaskAsync(this ActivityExecutionContext context, Procedure procedure, string step) =>
        context.GetRequiredService<ProcedureReader>().LastTaskAsync(procedure.Id, step, context.CancellationToken);

    /// <summary>The form of a completed task; empty if it has none.</summary>
    public static JsonObject Form(this WorkTask? task) => CaseJson.ReadObject(task?.FormJson);

    /// <summary>A value of an expression as a JSON object; empty for anything else.</summary>
    public static JsonObject ToJsonObject(object? value) => value switch
    {
        null => [],
        JsonObject json => (JsonObject)json.DeepClone(),
        string text => string.IsNullOrWhiteSpace(text) ? [] : JsonNode.Parse(text) as JsonObject ?? [],
        _ => JsonSerializer.SerializeToNode(value, CaseJson.Options) as JsonObject ?? [],
    };
}
