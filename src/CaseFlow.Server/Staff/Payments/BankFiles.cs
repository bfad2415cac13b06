using System.Globalization;
using System.Text;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Payments;
using MiniExcelLibs;

namespace CaseFlow.Server.Staff.Payments;

/// <summary>The bank's file as CSV (UTF-8 with a byte order mark, so that Excel reads Chinese) and as a workbook.</summary>
internal static class BankFiles
{
    /// <summary>Headings of the file, in their order; the answer repeats the first and adds result and reason.</summary>
    public static readonly string[] Columns = ["序号", "姓名", "身份证号", "账号", "开户银行", "金额", "项目", "月份"];

    /// <summary>The lines as CSV after RFC 4180, with a closing line of the sum and the list's hash.</summary>
    public static byte[] Csv(BankFile file, string programme)
    {
        var text = new StringBuilder();
        AppendRow(text, Columns);
        foreach (var row in Rows(file, programme))
        {
            AppendRow(text, row);
        }

        AppendRow(text, ["合计", file.Number, "", "", "", file.Total.ToString(), $"共 {file.Lines.Count} 户", file.Hash]);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>The lines as a workbook; numbers of persons and accounts are text, so that no digit is lost.</summary>
    public static async Task<byte[]> ExcelAsync(BankFile file, string programme, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream();
        var rows = Rows(file, programme)
            .Append(["合计", file.Number, "", "", "", file.Total.ToString(), $"共 {file.Lines.Count} 户", file.Hash])
            .Select(row => Columns.Zip(row).ToDictionary(c => c.First, c => (object)(c.First == "金额" ? decimal.Parse(c.Second, CultureInfo.InvariantCulture) : c.Second)));
        await stream.SaveAsAsync(rows, sheetName: "发放名单", cancellationToken: cancellationToken);
        return stream.ToArray();
    }

    private static IEnumerable<string[]> Rows(BankFile file, string programme) => file.Lines.Select(l => new[]
    {
        l.Sequence.ToString(CultureInfo.InvariantCulture), l.Name, l.IdNumber, l.Account, l.Bank, l.Amount.ToString(), programme, file.Month.ToString(),
    });

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>Quoted where needed; a leading sign of a formula is kept from being one.</summary>
    private static string Cell(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>
/// Reads the bank's answer: CSV or workbook with the columns 序号, 结果 (成功/失败), 原因 and, if the bank repeats it, 金额.
/// </summary>
internal static class BankReturnFile
{
    private const long MaxBytes = 5 * 1024 * 1024;
    private static readonly string[] Good = ["成功", "已到账", "到账", "success", "0000"];
    private static readonly string[] Bad = ["失败", "退回", "未到账", "failed"];

    /// <summary>The rows.</summary>
    /// <exception cref="InvalidInputException">It is no such file; rows that cannot be read are named.</exception>
    public static async Task<IReadOnlyList<BankAnswer>> ReadAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null || file.Length == 0)
        {
            throw new InvalidInputException("file", "请选择银行回盘文件。");
        }

        if (file.Length > MaxBytes)
        {
            throw new InvalidInputException("file", "文件超过 5 MB。");
        }

        using var stream = new MemoryStream();
        await file.CopyToAsync(stream, cancellationToken);
        return Parse(stream);
    }

    /// <summary>Reads rows from the content of a file.</summary>
    public static IReadOnlyList<BankAnswer> Parse(MemoryStream stream)
    {
        var type = stream.Length > 2 && stream.GetBuffer()[0] == 'P' && stream.GetBuffer()[1] == 'K' ? ExcelType.XLSX : ExcelType.CSV;
        List<IDictionary<string, object>> rows;
        try
        {
            stream.Position = 0;
            rows = [.. stream.Query(useHeaderRow: true, excelType: type).Cast<IDictionary<string, object>>()];
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or System.Xml.XmlException or ArgumentException or KeyNotFoundException)
        {
            throw new InvalidInputException("file", "读不出这个文件：需要 CSV 或 Excel（.xlsx）。");
        }

        if (rows.Count > 0 && (!rows[0].ContainsKey("序号") || !rows[0].ContainsKey("结果")))
        {
            throw new InvalidInputException("file", "文件需要“序号”和“结果”两列，没有到账的还要“原因”。");
        }

        return Read(rows);
    }

    private static List<BankAnswer> Read(List<IDictionary<string, object>> rows)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var answers = new List<BankAnswer>();
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, sequence, result) = (i + 2, Text(rows[i], "序号"), Text(rows[i], "结果"));
            if (sequence is "合计" or "")
            {
                continue;
            }

            if (!int.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            {
                faults[$"第 {row} 行"] = [$"序号“{sequence}”不是数字。"];
            }
            else if (!Good.Contains(result, StringComparer.OrdinalIgnoreCase) && !Bad.Contains(result, StringComparer.OrdinalIgnoreCase))
            {
                faults[$"第 {row} 行"] = [$"结果“{result}”应为“成功”或“失败”。"];
            }
            else if (!TryAmount(Text(rows[i], "金额"), out var amount))
            {
                faults[$"第 {row} 行"] = [$"金额“{Text(rows[i], "金额")}”不是最多两位小数的金额。"];
            }
            else
            {
                answers.Add(new BankAnswer(row, place, amount, Good.Contains(result, StringComparer.OrdinalIgnoreCase), Text(rows[i], "原因")));
            }
        }

        return faults.Count > 0 ? throw new InvalidInputException(faults) : answers;
    }

    private static bool TryAmount(string text, out Money? amount)
    {
        amount = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (!decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
            || yuan * 100 != decimal.Truncate(yuan * 100) || yuan > 100_000_000)
        {
            return false;
        }

        amount = Money.FromYuan(yuan);
        return true;
    }

    private static string Text(IDictionary<string, object> row, string column) =>
        row.TryGetValue(column, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim().TrimStart('\'') ?? "" : "";
}
