using CaseFlow.Server.Components.Uploads;

namespace CaseFlow.Server.Tests.Staff;

public sealed class FileKindTests
{
    [Fact]
    public void A_file_is_known_by_its_first_bytes_whatever_it_is_called()
    {
        Assert.Equal("image/jpeg", FileKind.Of([0xFF, 0xD8, 0xFF, 0xE0]));
        Assert.Equal("image/png", FileKind.Of([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]));
        Assert.Equal("application/pdf", FileKind.Of("%PDF-1.7"u8));
        Assert.Equal("image/webp", FileKind.Of("RIFF0000WEBPVP8 "u8));
    }

    [Fact]
    public void A_page_or_a_program_is_not_taken()
    {
        Assert.Null(FileKind.Of("<html><script>"u8));
        Assert.Null(FileKind.Of("MZ"u8));
        Assert.Null(FileKind.Of([]));
        Assert.Null(FileKind.Of("<svg xmlns"u8));
    }
}
