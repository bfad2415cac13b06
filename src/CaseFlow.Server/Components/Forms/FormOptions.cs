namespace CaseFlow.Server.Components.Forms;

/// <summary>Gives fields the choices that no schema can know: members of the household, communities, colleagues.</summary>
internal static class FormOptions
{
    /// <summary>The form with choices where <paramref name="options"/> has some for a property.</summary>
    public static SchemaField Fill(SchemaField field, Func<string, IReadOnlyList<FieldOption>?> options)
    {
        var children = field.Children.Select(c => Fill(c, options)).ToList();
        return field.Options.Count == 0 && field.Kind is FieldKind.Text && options(field.Property) is { } known
            ? field with { Kind = FieldKind.Select, Options = known, Children = children }
            : field with { Children = children };
    }
}
