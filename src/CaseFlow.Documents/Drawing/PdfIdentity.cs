using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.Documents.Drawing;

/// <summary>
/// A PDF/A carries an identity that Skia makes from the machine's time. It is replaced by one made from the content, so that
/// the same document gives the same bytes. In the metadata it has the same length; in the trailer, which nothing points
/// behind, Skia writes it as hexadecimal or as text, whichever is shorter, so there it is written anew.
/// </summary>
internal static class PdfIdentity
{
    private const int Length = 36;

    public static byte[] Fix(byte[] pdf)
    {
        var at = pdf.AsSpan().IndexOf("<xmpMM:DocumentID>uuid:"u8);
        var id = pdf.AsSpan().LastIndexOf("/ID ["u8);
        var end = pdf.AsSpan().LastIndexOf("]>>"u8);
        if (at < 0 || id < 0 || end < id)
        {
            return pdf;
        }

        var old = Encoding.ASCII.GetString(pdf, at + "<xmpMM:DocumentID>uuid:".Length, Length);
        Replace(pdf, old, new string('0', Length));
        var content = new Guid(SHA256.HashData(pdf.AsSpan(0, id))[..16]);
        Replace(pdf, new string('0', Length), content.ToString("D"));
        var trailer = Encoding.ASCII.GetBytes($"/ID [<{content:N}> <{content:N}>");
        return [.. pdf.AsSpan(0, id), .. trailer, .. pdf.AsSpan(end)];
    }

    private static void Replace(byte[] pdf, string old, string now)
    {
        var wanted = Encoding.ASCII.GetBytes("uuid:" + old);
        var put = Encoding.ASCII.GetBytes("uuid:" + now);
        for (var from = 0; pdf.AsSpan(from).IndexOf(wanted) is var found and >= 0; from += found + put.Length)
        {
            put.CopyTo(pdf, from + found);
        }
    }
}
