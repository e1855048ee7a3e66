namespace RnnLm.Numerics;

/// <summary>What <see cref="ProductTile{TSimd, TVector, THeight, TWidth}"/> reads and writes for one tile of a product.</summary>
internal unsafe struct TileOperands
{
    /// <summary>The first element of the tile's first row.</summary>
    public float* Left;

    /// <summary>Elements from one row of the left operand to the next.</summary>
    public nint LeftRowStep;

    /// <summary>Elements from one <c>k</c> of the left operand to the next.</summary>
    public nint LeftStep;

    /// <summary>The tile's first column at the first <c>k</c>.</summary>
    public float* Panel;

    /// <summary>Elements from one <c>k</c> of the panel to the next.</summary>
    public nint PanelStep;

    /// <summary>The number of <c>k</c>.</summary>
    public nint Depth;

    /// <summary>The tile's first element in the result.</summary>
    public float* Result;

    /// <summary>Elements from one row of the result to the next.</summary>
    public nint ResultStep;

    /// <summary>Whether the tile is added to the result or replaces it.</summary>
    public bool Accumulate;

    /// <summary>What will be wanted after this tile: it is fetched into the cache meanwhile, a line for each <c>k</c>.</summary>
    public float* Ahead;

    /// <summary>Elements from one of these lines to the next.</summary>
    public nint AheadStep;
}
