using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Authority;

/// <summary>
/// A condition of a rule: a small closed language over facts (see <c>docs/authority.md</c>). It never throws while it is
/// evaluated on known facts; what cannot be read is refused when the rule is saved.
/// </summary>
internal abstract record AuthorityCondition
{
    /// <summary>Whether it holds.</summary>
    public abstract bool Holds(IReadOnlyDictionary<string, FactValue> facts, PolicyBook policy, DateOnly day);

    /// <summary>The comparisons in it.</summary>
    public abstract IEnumerable<Comparison> Comparisons();

    /// <summary>The conditions that stand side by side in it; itself where it is one.</summary>
    public virtual IReadOnlyList<AuthorityCondition> Parts() => [this];

    /// <summary>Reads the conditions of a rule; all of them must hold.</summary>
    /// <exception cref="InvalidInputException">It is not in the language; the pointer names the place.</exception>
    public static AuthorityCondition Parse(string json)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(json);
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new InvalidInputException("/conditions", $"条件不是有效的JSON：{exception.Message}");
        }

        return node is JsonArray list ? new All(Read(list, "/conditions")) : throw Bad("/conditions", "条件应为数组，数组内全部成立才算成立");
    }

    private static AuthorityCondition One(JsonNode? node, string pointer)
    {
        if (node is not JsonObject item)
        {
            throw Bad(pointer, "应为对象");
        }

        return item switch
        {
            _ when item["all"] is JsonArray all => new All(Read(all, $"{pointer}/all")),
            _ when item["any"] is JsonArray any => new Any(Read(any, $"{pointer}/any")),
            _ when item["not"] is JsonObject not => new Not(One(not, $"{pointer}/not")),
            _ when item["fact"] is JsonValue => Comparison.Parse(item, pointer),
            _ => throw Bad(pointer, "应有 fact、all、any 或 not"),
        };
    }

    private static List<AuthorityCondition> Read(JsonArray list, string pointer) =>
        [.. list.Select((node, index) => One(node, $"{pointer}/{index}"))];

    private static InvalidInputException Bad(string pointer, string message) => new(pointer, message + "。");

    private sealed record All(IReadOnlyList<AuthorityCondition> Items) : AuthorityCondition
    {
        public override IReadOnlyList<AuthorityCondition> Parts() => Items;

        public override bool Holds(IReadOnlyDictionary<string, FactValue> facts, PolicyBook policy, DateOnly day) =>
            Items.All(item => item.Holds(facts, policy, day));

        public override IEnumerable<Comparison> Comparisons() => Items.SelectMany(item => item.Comparisons());
    }

    private sealed record Any(IReadOnlyList<AuthorityCondition> Items) : AuthorityCondition
    {
        public override bool Holds(IReadOnlyDictionary<string, FactValue> facts, PolicyBook policy, DateOnly day) =>
            Items.Any(item => item.Holds(facts, policy, day));

        public override IEnumerable<Comparison> Comparisons() => Items.SelectMany(item => item.Comparisons());
    }

    private sealed record Not(AuthorityCondition Item) : AuthorityCondition
    {
        public override bool Holds(IReadOnlyDictionary<string, FactValue> facts, PolicyBook policy, DateOnly day) =>
            !Item.Holds(facts, policy, day);

        public override IEnumerable<Comparison> Comparisons() => Item.Comparisons();
    }

    /// <summary>A fact compared with a literal or with a figure of the policy.</summary>
    internal sealed record Comparison(string Fact, string Operator, Operand Value) : AuthorityCondition
    {
        private static readonly IReadOnlyDictionary<string, FactValue> Known = new AuthorityFacts { CaseType = "", DecisionDay = default }.Values();

        public override bool Holds(IReadOnlyDictionary<string, FactValue> facts, PolicyBook policy, DateOnly day)
        {
            var left = facts[Fact];
            var right = Value.At(policy, day);
            return Operator switch
            {
                "eq" => left == right,
                "ne" => left != right,
                "lt" => left.Number < right.Number,
                "lte" => left.Number <= right.Number,
                "gt" => left.Number > right.Number,
                _ => left.Number >= right.Number,
            };
        }

        public override IEnumerable<Comparison> Comparisons() => [this];

        public static Comparison Parse(JsonObject item, string pointer)
        {
            var fact = item["fact"] is JsonValue text && text.TryGetValue(out string? name) ? name : "";
            if (!Known.TryGetValue(fact, out var example))
            {
                throw Bad($"{pointer}/fact", $"没有名为“{fact}”的事实，可用：{string.Join("、", Known.Keys)}");
            }

            var op = item["op"] is JsonValue word && word.TryGetValue(out string? sign) ? sign : "";
            var isNumber = example.Number is not null;
            if (op is not ("eq" or "ne") && !(isNumber && op is "lt" or "lte" or "gt" or "gte"))
            {
                throw Bad($"{pointer}/op", $"“{op}”不能用于“{fact}”");
            }

            var value = Operand.Parse(item["value"], $"{pointer}/value");
            var fits = value.IsNumber == isNumber && (isNumber || (value.Literal.Flag is null) == (example.Flag is null));
            return fits ? new Comparison(fact, op, value) : throw Bad($"{pointer}/value", $"与“{fact}”的类型不符");
        }
    }

    /// <summary>What a fact is compared with: a literal, or a figure times a number or another figure, by the day's policy.</summary>
    internal sealed record Operand(FactValue Literal, string? Figure, AreaType? Area, string? TimesFigure)
    {
        public bool IsNumber => Figure is not null || Literal.Number is not null;

        public FactValue At(PolicyBook policy, DateOnly day)
        {
            if (Figure is null)
            {
                return Literal;
            }

            var factor = TimesFigure is null ? 1 : policy.Get(TimesFigure, day).Value;
            return Exact.Of(new Money(policy.Get(Figure, day, Area).Value)) * factor;
        }

        public static Operand Parse(JsonNode? node, string pointer)
        {
            if (node is JsonObject figure)
            {
                var key = Text(figure["figure"]) ?? throw Bad(pointer, "应有 figure");
                AreaType? area = Text(figure["area"]) is { } name
                    ? Enum.TryParse<AreaType>(name, out var known) ? known : throw Bad($"{pointer}/area", "应为 Urban 或 Rural")
                    : null;
                return new Operand(default, key, area, Text(figure["times"]));
            }

            var value = node as JsonValue ?? throw Bad(pointer, "缺少比较值");
            return value switch
            {
                _ when value.TryGetValue(out bool flag) => new Operand(flag, null, null, null),
                _ when value.TryGetValue(out long number) => new Operand(Exact.Of(new Money(number)), null, null, null),
                _ when value.TryGetValue(out string? text) => new Operand(text, null, null, null),
                _ => throw Bad(pointer, "应为文字、true/false、整数（金额用分）或政策参数"),
            };
        }

        private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    }
}
