namespace CaseFlow.Documents.Layout;

/// <summary>Puts pieces on pages. What is kept with the next goes down together; blank vanishes at the top of a page.</summary>
internal sealed class Paginator(float firstTop)
{
    private readonly List<Page> _pages = [new Page([])];
    private float _y = firstTop;

    public IReadOnlyList<Page> Paginate(IReadOnlyList<Piece> pieces, Piece? imprint)
    {
        for (var i = 0; i < pieces.Count;)
        {
            var end = i;
            while (end < pieces.Count - 1 && pieces[end].KeepWithNext)
            {
                end++;
            }

            PlaceTogether(pieces, i, end);
            i = end + 1;
        }

        if (imprint is not null)
        {
            PlaceImprint(imprint);
        }

        return _pages;
    }

    /// <summary>Lower edge of what was placed on the last page.</summary>
    public float End => _y;

    private bool AtTop => _pages[^1].Content.Count == 0;

    private void PlaceTogether(IReadOnlyList<Piece> pieces, int from, int to)
    {
        var needed = 0f;
        for (var i = from; i <= to; i++)
        {
            needed += pieces[i].Height;
        }

        if (!AtTop && !Fits(needed))
        {
            NewPage(pieces[from].Repeat);
        }

        for (var i = from; i <= to; i++)
        {
            // A group higher than a page has to break somewhere after all.
            if (!AtTop && !Fits(pieces[i].Height))
            {
                NewPage(pieces[i].Repeat);
            }

            Place(pieces[i]);
        }
    }

    private void NewPage(IReadOnlyList<Piece>? repeat)
    {
        _pages.Add(new Page([]));
        _y = PageGeometry.Top;
        foreach (var piece in repeat ?? [])
        {
            Place(piece);
        }
    }

    private void Place(Piece piece)
    {
        if (piece.Blank && AtTop)
        {
            return;
        }

        if (piece.Marks.Count > 0)
        {
            _pages[^1].Content.Add(new Placed(PageGeometry.Left, _y, piece.Marks));
        }

        _y += piece.Height;
    }

    private void PlaceImprint(Piece imprint)
    {
        if (!Fits(imprint.Height))
        {
            NewPage(null);
        }

        _pages[^1].Content.Add(new Placed(PageGeometry.Left, PageGeometry.Bottom - imprint.Height, imprint.Marks));
    }

    private bool Fits(float height) => _y + height <= PageGeometry.Bottom + 0.5f;
}
