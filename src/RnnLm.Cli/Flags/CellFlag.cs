using RnnLm.Networks;

namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--cell</c>: the kind of recurrent cell.</summary>
static class CellFlag
{
    /// <param name="flags">Where the flag is declared.</param>
    /// <param name="description">Its help.</param>
    /// <param name="usual">The cell that is taken where the flag is not given; null where none is.</param>
    /// <param name="set">Takes the cell.</param>
    /// <param name="option">The name of the option that it sets.</param>
    /// <param name="choices">The cells that there are; null stands for all.</param>
    public static void Cell(
        this FlagSet flags, string description, CellKind? usual, Action<CellKind> set, string option, IEnumerable<Cell>? choices = null)
    {
        var cells = new Dictionary<string, Action>();
        foreach (var cell in choices ?? Networks.Cell.All) cells.Add(cell.Name, () => set(cell.Kind));
        flags.Choice("--cell", description, usual is { } kind ? Networks.Cell.Of(kind).Name : null, cells, option);
    }
}
