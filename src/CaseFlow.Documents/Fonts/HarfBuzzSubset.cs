using System.Runtime.InteropServices;
using SkiaSharp;

namespace CaseFlow.Documents.Fonts;

/// <summary>
/// HarfBuzz's subsetter. Its library is there for shaping anyway and exports it, but the .NET binding does not name these
/// functions. SkiaSharp's own binary has no subsetter and would embed the whole font (5 to 20 MB a document).
/// </summary>
internal static partial class HarfBuzzSubset
{
    private const string Library = "libHarfBuzzSharp";

    /// <summary>The font with these characters only; null if the font cannot be cut.</summary>
    public static SKData? Cut(nint face, IEnumerable<int> codePoints)
    {
        var input = hb_subset_input_create_or_fail();
        if (input == 0)
        {
            throw new InvalidOperationException("HarfBuzz could not allocate a subset input.");
        }

        nint subset = 0, blob = 0;
        try
        {
            var wanted = hb_subset_input_unicode_set(input);
            foreach (var codePoint in codePoints)
            {
                hb_set_add(wanted, (uint)codePoint);
            }

            subset = hb_subset_or_fail(face, input);
            if (subset == 0)
            {
                return null;
            }

            blob = hb_face_reference_blob(subset);
            var bytes = hb_blob_get_data(blob, out var length);
            return SKData.CreateCopy(bytes, (ulong)length);
        }
        finally
        {
            if (blob != 0)
            {
                hb_blob_destroy(blob);
            }

            if (subset != 0)
            {
                hb_face_destroy(subset);
            }

            hb_subset_input_destroy(input);
        }
    }

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_create_or_fail();

    [LibraryImport(Library)]
    private static partial void hb_subset_input_destroy(nint input);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_unicode_set(nint input);

    [LibraryImport(Library)]
    private static partial void hb_set_add(nint set, uint codePoint);

    [LibraryImport(Library)]
    private static partial nint hb_subset_or_fail(nint face, nint input);

    [LibraryImport(Library)]
    private static partial nint hb_face_reference_blob(nint face);

    [LibraryImport(Library)]
    private static partial void hb_face_destroy(nint face);

    [LibraryImport(Library)]
    private static partial nint hb_blob_get_data(nint blob, out uint length);

    [LibraryImport(Library)]
    private static partial void hb_blob_destroy(nint blob);
}
