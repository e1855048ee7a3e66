namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--cell</c>: the kind of recurrent cell.</summary>
static class CellFlag
{
    /// <param name="flags">Where the flag is declared.</param>
    /// <param name="description">Its help.</param>
    /// <param name="usual">The cell that is taken where the flag is not given; null where none is.</param>
    /// <param name="set">Takes the cell.</param>
    /// <param name="option">The name of the option that it sets.</param>
    public static void Cell(this FlagSet flags, string description, CellKind? usual, Action<CellKind> set, string option)
    {
        var cells = new Dictionary<string, Action>();
        foreach (var kind in Enum.GetValues<CellKind>()) cells.Add(NameOf(kind), () => set(kind));
        flags.Choice("--cell", description, usual is { } cell ? NameOf(cell) : null, cells, option);
    }

    private static string NameOf(CellKind cell) => cell.ToString().ToLowerInvariant();
}
