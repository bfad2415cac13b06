namespace CaseFlow.Documents.Drawing;

/// <summary>Proportions of a round official seal, for a diameter of 1 around the point (0, 0), y downwards.</summary>
internal static class SealGeometry
{
    /// <summary>Thickness of the ring: 1.2 mm of 42.</summary>
    public const float Ring = 1.2f / 42;

    /// <summary>Tip of the five-pointed star: 14 mm across of 42.</summary>
    public const float StarRadius = 7f / 42;

    /// <summary>Circle on which the middles of the characters lie.</summary>
    public const float TextRadius = 0.388f;

    /// <summary>Height of a character.</summary>
    public static float CharacterSize(int count) => count <= 10 ? 0.145f : 0.135f;

    /// <summary>Width of a character as a share of its height: seals use narrow type if the name is long.</summary>
    public static float Narrowing(int count) => Math.Clamp(11f / count, 0.6f, 0.9f);

    /// <summary>Angle of each character in degrees, 0 at the top, clockwise; the name leaves the lower part open.</summary>
    public static IEnumerable<float> Angles(int count)
    {
        var step = Math.Min(27f, 250f / Math.Max(1, count - 1));
        var first = -step * (count - 1) / 2;
        return Enumerable.Range(0, count).Select(i => first + (i * step));
    }

    /// <summary>The ten corners of the star.</summary>
    public static IEnumerable<(float X, float Y)> Star()
    {
        const double inner = 0.381966;
        for (var i = 0; i < 10; i++)
        {
            var radius = i % 2 == 0 ? StarRadius : StarRadius * inner;
            var angle = (i * Math.PI / 5) - (Math.PI / 2);
            yield return ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)));
        }
    }
}
