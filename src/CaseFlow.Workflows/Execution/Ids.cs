using System.Globalization;
using System.Security.Cryptography;

namespace CaseFlow.Workflows.Execution;

/// <summary>
/// Ids of instances, bookmarks and tasks: UUIDs of version 7 as 32 hexadecimal digits. Those of one process sort in the order
/// in which they were made, also within a millisecond, so that "oldest first" holds where creation times are equal.
/// </summary>
internal static class Ids
{
    private static long last;

    public static string New()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 12;
        long previous;
        long next;
        do
        {
            previous = Interlocked.Read(ref last);
            next = Math.Max(now, previous + 1);
        }
        while (Interlocked.CompareExchange(ref last, next, previous) != previous);

        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        var tail = (BitConverter.ToUInt64(random) & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        return string.Create(CultureInfo.InvariantCulture, $"{next >> 12:x12}7{next & 0xFFF:x3}{tail:x16}");
    }
}
