namespace CaseFlow.Documents.Layout;

/// <summary>A line: which atoms, how wide they are by nature, and whether it may be stretched to the full width.</summary>
internal sealed record BrokenLine(IReadOnlyList<Atom> Atoms, float Width, bool Last);

/// <summary>
/// Breaks a paragraph into lines. No closing mark begins a line and no opening mark ends one; numbers and Latin words stay
/// whole. A closing mark that does not fit is squeezed in if the marks of the line can give up enough blank, else the
/// character before it goes down with it and the line is stretched.
/// </summary>
internal static class LineBreaker
{
    /// <param name="atoms">The paragraph.</param>
    /// <param name="width">Width of the lines.</param>
    /// <param name="indent">Indent of the first line.</param>
    public static List<BrokenLine> Break(IReadOnlyList<Atom> atoms, float width, float indent)
    {
        var lines = new List<BrokenLine>();
        var whole = SplitTooWide(atoms, width);
        for (var start = 0; start < whole.Count;)
        {
            var available = width - (lines.Count == 0 ? indent : 0);
            var end = LineFrom(whole, start, available);
            var forced = end < whole.Count && whole[end].LineEnd;
            lines.Add(Line(whole, start, end, forced || end == whole.Count));
            start = forced ? end + 1 : SkipSpaces(whole, end);
        }

        return lines;
    }

    /// <summary>End (exclusive) of the line that begins at <paramref name="start"/>.</summary>
    private static int LineFrom(List<Atom> atoms, int start, float available)
    {
        var used = 0f;
        var squeeze = 0f;
        var lastBreak = -1;
        for (var i = start; i < atoms.Count; i++)
        {
            if (atoms[i].LineEnd)
            {
                return i;
            }

            if (used + atoms[i].Width > available + 0.01f && !atoms[i].Space)
            {
                return SqueezedEnd(atoms, i, used - available, squeeze) ?? (lastBreak > start ? lastBreak : Math.Max(i, start + 1));
            }

            used += atoms[i].Width;
            squeeze += atoms[i].Squeeze;
            if (CanBreakAfter(atoms, i))
            {
                lastBreak = i + 1;
            }
        }

        return atoms.Count;
    }

    /// <summary>If atom <paramref name="i"/> is a mark that may not begin a line, the end of the line with it squeezed in, if possible.</summary>
    private static int? SqueezedEnd(List<Atom> atoms, int i, float overflow, float squeeze)
    {
        if (atoms[i].BreakBefore)
        {
            return null;
        }

        for (; i < atoms.Count && !atoms[i].LineEnd; i++)
        {
            overflow += atoms[i].Width;
            squeeze += atoms[i].Squeeze;
            if (overflow > squeeze)
            {
                return null;
            }

            if (CanBreakAfter(atoms, i))
            {
                return i + 1;
            }
        }

        return i;
    }

    private static bool CanBreakAfter(List<Atom> atoms, int i) =>
        atoms[i].Space || (atoms[i].BreakAfter && (i + 1 == atoms.Count || (atoms[i + 1].BreakBefore && !atoms[i + 1].Space)));

    private static BrokenLine Line(List<Atom> atoms, int start, int end, bool last)
    {
        while (end > start && atoms[end - 1].Space)
        {
            end--;
        }

        var part = atoms.GetRange(start, end - start);
        return new BrokenLine(part, part.Sum(a => a.Width), last);
    }

    private static int SkipSpaces(List<Atom> atoms, int at)
    {
        while (at < atoms.Count && atoms[at].Space)
        {
            at++;
        }

        return at;
    }

    /// <summary>A word wider than a line is cut between its characters.</summary>
    private static List<Atom> SplitTooWide(IReadOnlyList<Atom> atoms, float width)
    {
        var result = new List<Atom>(atoms.Count);
        foreach (var atom in atoms)
        {
            if (atom.Width <= width || atom.Glyphs.Count < 2)
            {
                result.Add(atom);
                continue;
            }

            result.AddRange(atom.Glyphs.Select(g => new Atom([g], g.Width, true, true, 0, false, false)));
        }

        return result;
    }
}
