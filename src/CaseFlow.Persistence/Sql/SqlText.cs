using System.Data.Common;
using System.Globalization;
using System.Text;

namespace CaseFlow.Persistence.Sql;

/// <summary>Helps to write plain SQL that both databases understand.</summary>
internal static class SqlText
{
    /// <summary>A command on a connection, in its transaction.</summary>
    public static DbCommand Command(this DbConnection connection, DbTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The texts are constants and numbered parameters; values never stand in them.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    /// <summary>Adds the next numbered parameter: <c>@0</c>, <c>@1</c> ...</summary>
    public static DbCommand With(this DbCommand command, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return command;
    }

    /// <summary><c>(@0, @1), (@2, @3)</c> for rows of so many columns.</summary>
    public static string Rows(int rows, int columns)
    {
        var text = new StringBuilder();
        for (var i = 0; i < rows * columns; i++)
        {
            text.Append(i % columns == 0 ? (i == 0 ? "(" : "), (") : ", ").Append('@').Append(i);
        }

        return text.Append(')').ToString();
    }

    /// <summary><c>@0, @1, @2</c>, beginning with a number.</summary>
    public static string List(int first, int count) =>
        string.Join(", ", Enumerable.Range(first, count).Select(i => "@" + i.ToString(CultureInfo.InvariantCulture)));
}
