using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CaseFlow.Persistence.Backup;

/// <summary>A table as both databases know it: its columns with the type of value that they hold.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, by name.</param>
/// <param name="Key">Names of the key's columns.</param>
/// <param name="ParentColumn">A column that refers to the table itself, if there is one.</param>
internal sealed record ArchiveTable(string Name, IReadOnlyList<ArchiveColumn> Columns, IReadOnlyList<string> Key, string? ParentColumn)
{
    /// <summary>All tables of a model; what is referred to comes first.</summary>
    public static IReadOnlyList<ArchiveTable> Of(DbContext db)
    {
        var tables = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
            .OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<ITable>();
        while (ordered.Count < tables.Count)
        {
            ordered.Add(tables.Find(t => !ordered.Contains(t)
                && t.ForeignKeyConstraints.All(f => f.PrincipalTable == t || ordered.Contains(f.PrincipalTable)))
                ?? throw new InvalidOperationException("Tables refer to one another in a circle."));
        }

        return [.. ordered.Select(Of)];
    }

    /// <summary>Tells one schema from another, the same for both databases.</summary>
    public static string Fingerprint(IEnumerable<ArchiveTable> tables)
    {
        var text = string.Join('\n', tables
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(t => $"{t.Name}({string.Join(',', t.Columns.Select(c => $"{c.Name}:{c.Type.Name}"))})"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static ArchiveTable Of(ITable table)
    {
        var columns = table.Columns
            .OrderBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => new ArchiveColumn(c.Name, Stored(c)))
            .ToList();
        var self = table.ForeignKeyConstraints.FirstOrDefault(f => f.PrincipalTable == table);
        return new ArchiveTable(table.Name, columns, [.. table.PrimaryKey!.Columns.Select(c => c.Name)], self?.Columns[0].Name);
    }

    private static Type Stored(IColumn column)
    {
        var mapping = column.PropertyMappings[0].TypeMapping;
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;

        // SQLite converts a UUID to text by itself; in the file it is a UUID on both.
        return column.PropertyMappings[0].Property.GetValueConverter() is { } converter
            ? Nullable.GetUnderlyingType(converter.ProviderClrType) ?? converter.ProviderClrType
            : type;
    }
}

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its values.</param>
internal sealed record ArchiveColumn(string Name, Type Type);
