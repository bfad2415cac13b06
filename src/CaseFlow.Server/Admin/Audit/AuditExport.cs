using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Admin.Audit;

/// <summary>
/// What was found, as a table for a spreadsheet. Digits that could be an ID, account or telephone number are masked; cells that
/// a spreadsheet would run as a formula are disarmed. The first line carries the newest daily root, by which the export can be
/// compared with the file outside the database.
/// </summary>
internal sealed partial class AuditExport(AuditReader reader, AuditNames names, IUnitOfWork work)
{
    /// <summary>The most lines of one export; a longer period is exported in parts.</summary>
    public const int MostLines = 10_000;

    private static readonly string[] Head = ["时间 Time", "谁 Who", "动作 Action", "对象 Subject", "理由 Reason", "内容 Details", "链 Chain", "序号 No.", "校验值 Hash", "相符 Whole"];

    /// <summary>The file, UTF-8 with a mark, so that spreadsheets read the Chinese.</summary>
    public async Task<byte[]> MakeAsync(AuditSearch search, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(search with { Before = null }, MostLines, cancellationToken);
        var root = await work.Set<AuditRoot>().AsNoTracking().OrderByDescending(r => r.Day).FirstOrDefaultAsync(cancellationToken);
        var text = new StringBuilder();
        Row(text, "日封 Root", root is null ? "—" : root.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), root is null ? "" : Convert.ToHexStringLower(root.Root), $"{found.Lines.Count}/{found.Total}");
        Row(text, Head);
        foreach (var line in found.Lines)
        {
            var details = line.Content["details"]?.ToJsonString(ElsaApi.ElsaJson.Options) ?? "";
            Row(
                text,
                line.At.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                names.Who(line.Who),
                names.Act(line.Action),
                line.Subject,
                line.Reason ?? "",
                details,
                line.Chain,
                line.Sequence.ToString(CultureInfo.InvariantCulture),
                Convert.ToHexStringLower(line.Hash),
                line.Whole ? "✓" : "✗");
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>Masks what could be a number that identifies a person: 11 digits that begin like a mobile, 15 to 19 digits.</summary>
    internal static string Masked(string text) => Numbers().Replace(text, match => match.Value[..3] + new string('*', match.Length - 7) + match.Value[^4..]);

    private static void Row(StringBuilder text, params string[] cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string value)
    {
        var masked = Masked(value);
        var safe = masked.Length > 0 && masked[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + masked : masked;
        return safe.AsSpan().IndexOfAny(',', '"', '\n') >= 0 || safe.Contains('\r', StringComparison.Ordinal)
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{15,19})(?![0-9A-Za-z])", RegexOptions.None, 1000)]
    private static partial Regex Numbers();
}
