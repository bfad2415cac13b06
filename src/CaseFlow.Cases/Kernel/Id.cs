namespace CaseFlow.Cases.Kernel;

/// <summary>
/// The identity of one <typeparamref name="T"/>: a UUID of version 7, so that keys of rows that are created one after
/// another stand near each other in an index. The type parameter keeps a person's id from being taken for a case's.
/// </summary>
/// <typeparam name="T">The entity that is identified.</typeparam>
/// <param name="Value">The UUID itself.</param>
public readonly record struct Id<T>(Guid Value) : IComparable<Id<T>>
{
    /// <summary>An id that no row has: the value of a reference not yet set.</summary>
    public static Id<T> None => default;

    /// <summary>Makes a fresh id.</summary>
    public static Id<T> New() => new(Guid.CreateVersion7());

    /// <summary>Reads an id from its text (the 32 digits with or without hyphens).</summary>
    /// <param name="text">The text to read.</param>
    /// <exception cref="FormatException">The text is no UUID.</exception>
    public static Id<T> Parse(string text) => new(Guid.Parse(text));

    /// <summary>Reads an id from its text without throwing.</summary>
    public static bool TryParse(string? text, out Id<T> id)
    {
        var read = Guid.TryParse(text, out var value);
        id = new Id<T>(value);
        return read;
    }

    /// <summary>Orders ids as the databases do, by their text: locks are taken in this order.</summary>
    public int CompareTo(Id<T> other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The UUID with hyphens, in lower case.</summary>
    public override string ToString() => Value.ToString("D");

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(Id<T> left, Id<T> right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(Id<T> left, Id<T> right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(Id<T> left, Id<T> right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(Id<T> left, Id<T> right) => left.CompareTo(right) >= 0;
}
