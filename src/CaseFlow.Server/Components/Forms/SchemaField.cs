namespace CaseFlow.Server.Components.Forms;

/// <summary>How a field of a form is asked for.</summary>
public enum FieldKind
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>Several lines of text.</summary>
    LongText,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with decimals.</summary>
    Number,

    /// <summary>An amount: typed in yuan, kept as whole fen.</summary>
    Fen,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A moment of a day, to the minute.</summary>
    DateTime,

    /// <summary>A month.</summary>
    Month,

    /// <summary>Yes or no as one box to tick.</summary>
    Tick,

    /// <summary>A question with yes or no: two choices, none of them chosen beforehand, kept as a truth value.</summary>
    YesNo,

    /// <summary>One of few, all of them shown.</summary>
    OneOf,

    /// <summary>One of many, in a list.</summary>
    Select,

    /// <summary>Several of some.</summary>
    ManyOf,

    /// <summary>A group of fields.</summary>
    Group,

    /// <summary>The same group several times.</summary>
    Repeated,

    /// <summary>Photographs or papers.</summary>
    Files,
}

/// <summary>One choice of a field.</summary>
/// <param name="Value">What is kept.</param>
/// <param name="Label">What is shown.</param>
public sealed record FieldOption(string Value, string Label);

/// <summary>A field is only asked for while another one (of the same group) has one of some values.</summary>
/// <param name="Field">Property name of the other field.</param>
/// <param name="Values">The values as text; <c>true</c> for a ticked box.</param>
public sealed record FieldCondition(string Field, IReadOnlyList<string> Values);

/// <summary>A field of a form as its JSON schema describes it, ready to be drawn, read and checked.</summary>
public sealed record SchemaField
{
    /// <summary>Property name within its group; empty for the form itself.</summary>
    public required string Property { get; init; }

    /// <summary>How it is asked for.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>Label in the reader's language.</summary>
    public required string Label { get; init; }

    /// <summary>A sentence under the label.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether it must be filled in.</summary>
    public bool Required { get; init; }

    /// <summary>Unit behind the field: ㎡, 元/月 ...</summary>
    public string? Unit { get; init; }

    /// <summary>Longest text; tells the width of the field.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Least number, in the unit that is typed; null for no bound.</summary>
    public decimal? Least { get; init; }

    /// <summary>Greatest number, in the unit that is typed; null for no bound.</summary>
    public decimal? Most { get; init; }

    /// <summary>A number must be a multiple of this, in the unit that is typed; null for any.</summary>
    public decimal? MultipleOf { get; init; }

    /// <summary>Least number of entries or files.</summary>
    public int? MinItems { get; init; }

    /// <summary>Most entries.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Choices.</summary>
    public IReadOnlyList<FieldOption> Options { get; init; } = [];

    /// <summary>The fields of a group or of one entry.</summary>
    public IReadOnlyList<SchemaField> Children { get; init; } = [];

    /// <summary>When it is asked for; null for always.</summary>
    public FieldCondition? When { get; init; }

    /// <summary>Shown but not asked for: filled by the system.</summary>
    public bool ReadOnly { get; init; }
}

/// <summary>Where a field stands: the same place as JSON pointer (errors), form name (posting) and element id (links).</summary>
/// <param name="Pointer">JSON pointer, for example <c>/members/0/name</c>.</param>
public readonly record struct FieldPath(string Pointer)
{
    /// <summary>The form itself.</summary>
    public static FieldPath Root => new("");

    /// <summary>Name of the control that is posted.</summary>
    public string Name => "f" + Pointer.Replace('/', '.');

    /// <summary>Id of the control, to which the error summary links.</summary>
    public string Id => FormErrors.IdOf(Name);

    /// <summary>A property of this group.</summary>
    public FieldPath Of(string property) => new($"{Pointer}/{property}");

    /// <summary>An entry of this list, from 0.</summary>
    public FieldPath At(int index) => new($"{Pointer}/{index}");
}
