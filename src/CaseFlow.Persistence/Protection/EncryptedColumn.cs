using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CaseFlow.Persistence.Protection;

/// <summary>A column whose values are encrypted, as the model says: one that is added to the model later is found as well.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Name">Its name.</param>
/// <param name="Key">Names of the key columns of the table.</param>
/// <param name="Text">How it is encrypted.</param>
internal sealed record EncryptedColumn(string Table, string Name, IReadOnlyList<string> Key, EncryptedText Text)
{
    /// <summary>All of them, by table and name.</summary>
    public static IReadOnlyList<EncryptedColumn> Of(DbContext db) =>
    [
        .. from table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
           from column in table.Columns
           let text = column.PropertyMappings[0].Property.GetValueConverter() as EncryptedText
           where text is not null
           orderby table.Name, column.Name
           select new EncryptedColumn(table.Name, column.Name, [.. table.PrimaryKey!.Columns.Select(k => k.Name)], text),
    ];
}
