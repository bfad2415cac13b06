using System.Text.Json.Nodes;
using CaseFlow.Cases.Blobs;
using CaseFlow.Server.Components.Forms;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Components.Uploads;

/// <summary>A file that has been checked and staged in the blob store.</summary>
public sealed record StagedFile(string BlobHash, string ContentType, string FileName);

/// <summary>
/// Takes files in: at most 10 MB, and only what its first bytes show to be a picture or a PDF, whatever it is called.
/// Staged files that no step takes are swept.
/// </summary>
internal sealed class UploadDesk(IBlobStore blobs, IStringLocalizer texts)
{
    /// <summary>Largest file.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Largest request of a page that takes files: several photographs of a phone at once.</summary>
    public const int MaxRequestBytes = 120 * 1024 * 1024;

    private const int LongestName = 100;

    /// <summary>Checks and stages one file.</summary>
    /// <returns>The file, or what is wrong with it.</returns>
    public async Task<(StagedFile? File, string? Error)> StageAsync(IFormFile file, CancellationToken cancellationToken)
    {
        if (file.Length > MaxBytes)
        {
            return (null, texts["Upload.TooLarge", file.FileName]);
        }

        if (file.Length == 0)
        {
            return (null, texts["Upload.Empty", file.FileName]);
        }

        using var buffer = new MemoryStream((int)file.Length);
        await file.CopyToAsync(buffer, cancellationToken);
        var content = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        if (FileKind.Of(content) is not { } type)
        {
            return (null, texts[FileKind.IsHeic(content) ? "Upload.Heic" : "Upload.WrongKind", file.FileName]);
        }

        var hash = await blobs.PutAsync(buffer.ToArray(), cancellationToken);
        return (new StagedFile(hash, type, SafeName(file.FileName)), null);
    }

    /// <summary>Stages the files of a schema form and adds them to its data; errors go to the field's pointer.</summary>
    public async Task TakeAsync(
        SchemaField form, JsonObject data, IFormFileCollection files, Dictionary<string, string[]> errors, CancellationToken cancellationToken)
    {
        foreach (var field in form.Children.Where(c => c.Kind is FieldKind.Files))
        {
            var path = FieldPath.Root.Of(field.Property);
            var kept = data[field.Property] as JsonArray ?? [];
            foreach (var file in files.Where(f => f.Name == path.Name && f.Length > 0))
            {
                var (staged, error) = await StageAsync(file, cancellationToken);
                if (staged is null)
                {
                    errors[path.Pointer] = [error!];
                    continue;
                }

                kept.Add(new JsonObject { ["blobHash"] = staged.BlobHash, ["contentType"] = staged.ContentType, ["fileName"] = staged.FileName });
            }

            data[field.Property] = kept;
        }
    }

    private static string SafeName(string name)
    {
        var plain = Path.GetFileName(name.Replace('\\', '/'));
        var clean = string.Concat(plain.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or '|')));
        return clean.Length <= LongestName ? clean : clean[^LongestName..];
    }
}

/// <summary>Tells a file's kind by its first bytes.</summary>
internal static class FileKind
{
    /// <summary>The MIME type; null if it is none that we take.</summary>
    public static string? Of(ReadOnlySpan<byte> content) =>
        content.StartsWith(Jpeg) ? "image/jpeg"
        : content.StartsWith(Png) ? "image/png"
        : content.Length > 12 && content[..4].SequenceEqual("RIFF"u8) && content[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : content.StartsWith("%PDF-"u8) ? "application/pdf"
        : null;

    /// <summary>A photograph as new phones keep it by default; few programs show it.</summary>
    public static bool IsHeic(ReadOnlySpan<byte> content) =>
        content.Length > 12 && content[4..8].SequenceEqual("ftyp"u8)
        && (content[8..11].SequenceEqual("hei"u8) || content[8..11].SequenceEqual("hev"u8) || content[8..12].SequenceEqual("mif1"u8) || content[8..12].SequenceEqual("msf1"u8));

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
}
