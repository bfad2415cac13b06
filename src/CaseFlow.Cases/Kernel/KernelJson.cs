using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseFlow.Cases.Kernel;

/// <summary>How the kernel's values look in JSON: an id as its text, money as whole fen, a month as <c>2026-07</c>.</summary>
public static class KernelJson
{
    /// <summary>Web defaults (camelCase) with the kernel's converters and enums as text. Shared; do not change.</summary>
    public static JsonSerializerOptions Options { get; } = Add(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Adds the converters to other options.</summary>
    public static JsonSerializerOptions Add(JsonSerializerOptions options)
    {
        options.Converters.Add(new IdConverterFactory());
        options.Converters.Add(new MoneyConverter());
        options.Converters.Add(new MonthConverter());
        options.Converters.Add(new JsonStringEnumConverter());
        return options;
    }

    private sealed class IdConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Id<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(
                typeof(IdConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class IdConverter<T> : JsonConverter<Id<T>>
    {
        public override Id<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Fen);
    }

    private sealed class MonthConverter : JsonConverter<Month>
    {
        public override Month Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Month.Parse(reader.GetString() ?? throw new JsonException("A month is text."));

        public override void Write(Utf8JsonWriter writer, Month value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
