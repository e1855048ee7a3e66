namespace RnnLm.Numerics;

/// <summary>A number of rows divided into as few tiles as will do, all of the same height but for one row.</summary>
internal readonly struct TileRows
{
    private readonly int height;
    private readonly int higherTiles;

    /// <summary>Divides <paramref name="rows"/> into tiles of at most <paramref name="greatestHeight"/>.</summary>
    public TileRows(int rows, int greatestHeight)
    {
        Rows = rows;
        Count = (rows + greatestHeight - 1) / greatestHeight;
        if (Count > 0) (height, higherTiles) = Math.DivRem(rows, Count);
    }

    /// <summary>The number of rows in all.</summary>
    public int Rows { get; }

    /// <summary>The number of tiles.</summary>
    public int Count { get; }

    /// <summary>The first row of a tile; of the tile after the last, the number of rows.</summary>
    public int Start(int tile) => (tile * height) + Math.Min(tile, higherTiles);
}
