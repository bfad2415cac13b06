using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.Documents.Drawing;

/// <summary>
/// A PDF/A carries an identity that Skia makes from the machine's time. It is replaced by one made from the content, in the
/// same places and of the same length, so that the same document gives the same bytes.
/// </summary>
internal static class PdfIdentity
{
    private const int Length = 36;

    public static byte[] Fix(byte[] pdf)
    {
        var marker = "<xmpMM:DocumentID>uuid:"u8;
        var at = pdf.AsSpan().IndexOf(marker);
        if (at < 0)
        {
            return pdf;
        }

        var old = Encoding.ASCII.GetString(pdf, at + marker.Length, Length);
        Replace(pdf, old, new string('0', Length));
        var content = new Guid(SHA256.HashData(pdf)[..16]).ToString("D");
        Replace(pdf, new string('0', Length), content);
        return pdf;
    }

    private static void Replace(byte[] pdf, string old, string now)
    {
        ReplaceText(pdf, $"uuid:{old}", $"uuid:{now}");
        ReplaceText(pdf, $"<{Hex(old)}>", $"<{Hex(now)}>");
    }

    private static string Hex(string uuid) => uuid.Replace("-", "", StringComparison.Ordinal).PadRight(32, '0')[..32].ToUpperInvariant();

    private static void ReplaceText(byte[] pdf, string old, string now)
    {
        var wanted = Encoding.ASCII.GetBytes(old);
        var put = Encoding.ASCII.GetBytes(now);
        for (var from = 0; pdf.AsSpan(from).IndexOf(wanted) is var found and >= 0;)
        {
            put.CopyTo(pdf, from + found);
            from += found + put.Length;
        }
    }
}
