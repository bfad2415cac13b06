using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseFlow.Workflows.State;

/// <summary>The JSON of states: versioned, source-generated, with typed values.</summary>
public static class StateJson
{
    private static readonly StateJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TypedValueConverter() },
    });

    /// <summary>Writes a state.</summary>
    public static byte[] Write(WorkflowState state) => JsonSerializer.SerializeToUtf8Bytes(state, Context.WorkflowState);

    /// <summary>Reads a state.</summary>
    /// <exception cref="JsonException">The bytes are no state.</exception>
    /// <exception cref="NotSupportedException">The state was written by a newer build.</exception>
    public static WorkflowState Read(ReadOnlySpan<byte> bytes)
    {
        var state = JsonSerializer.Deserialize(bytes, Context.WorkflowState) ?? throw new JsonException("A workflow state is a JSON object.");
        return state.Format <= WorkflowState.CurrentFormat
            ? state
            : throw new NotSupportedException($"The state has format {state.Format}; this build reads up to {WorkflowState.CurrentFormat}.");
    }
}

[JsonSerializable(typeof(WorkflowState))]
internal sealed partial class StateJsonContext : JsonSerializerContext
{
}
