namespace RnnLm.Cli.Plots;

/// <summary>Dots on cells of a screen, each of the colour of whoever drew it last: eight dots a cell where there is braille, otherwise one.</summary>
/// <param name="columns">The cells in a line.</param>
/// <param name="rows">The lines.</param>
/// <param name="isBraille">Whether a cell shows braille.</param>
sealed class CurveCanvas(int columns, int rows, bool isBraille)
{
    private const int NoOwner = -1;
    private const char EmptyBraille = '\u2800';

    // The bits of a braille pattern (Unicode 15, section 21.1), by row and column of its dots.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    // For runs without colours: a letter each.
    private static readonly char[] Marks = ['*', 'o', 'x', '+', '#', '@', '%', '&'];

    private readonly int[] dots = new int[columns * rows];
    private readonly char[] letters = new char[columns * rows];
    private readonly int[] owners = [.. Enumerable.Repeat(NoOwner, columns * rows)];

    private int DotColumns => columns * (isBraille ? 2 : 1);

    private int DotRows => rows * (isBraille ? 4 : 1);

    /// <summary>The mark of a run where there is no braille.</summary>
    public static char MarkOf(int owner) => Marks[owner % Marks.Length];

    /// <summary>Draws a dot.</summary>
    /// <param name="x">Its place from left, 0, to right, 1.</param>
    /// <param name="y">Its place from the bottom, 0, to the top, 1; what is outside of that is not seen.</param>
    /// <param name="owner">Whose it is.</param>
    public void Dot(double x, double y, int owner)
    {
        if (ColumnOf(x) is var column && RowOf(y) is var row && IsWithin(column, row)) Set((int)column, (int)row, owner);
    }

    /// <summary>Draws a line from one place to another (Bresenham 1965).</summary>
    public void Line(double x1, double y1, double x2, double y2, int owner)
    {
        var (column1, row1, column2, row2) = (ColumnOf(x1), RowOf(y1), ColumnOf(x2), RowOf(y2));
        // Of what reaches far beyond the edge that is enough.
        var steps = Math.Min(Math.Max(Math.Abs(column2 - column1), Math.Abs(row2 - row1)), 100_000);
        for (var step = 0.0; step <= steps; step++)
        {
            var share = steps == 0 ? 0 : step / steps;
            var (column, row) = (Math.Round(column1 + (share * (column2 - column1))), Math.Round(row1 + (share * (row2 - row1))));
            if (IsWithin(column, row)) Set((int)column, (int)row, owner);
        }
    }

    /// <summary>Puts a letter into the cell of a place, or the nearest one that has none.</summary>
    public void Letter(double x, double y, char letter, int owner)
    {
        var column = Math.Clamp((int)(x * (columns - 1)), 0, columns - 1);
        var row = Math.Clamp((int)Math.Round((1 - y) * (rows - 1)), 0, rows - 1);
        for (var way = 0; way < rows; way++)
        {
            foreach (var there in (int[])[row - way, row + way])
            {
                if (there < 0 || there >= rows || letters[(there * columns) + column] != '\0') continue;
                (letters[(there * columns) + column], owners[(there * columns) + column]) = (letter, owner);
                return;
            }
        }
    }

    /// <summary>A line of cells from the top, as pieces of one owner each; -1 is nobody.</summary>
    public IEnumerable<(string Text, int Owner)> Row(int row)
    {
        var begin = row * columns;
        var end = begin + columns;
        while (begin < end)
        {
            var next = begin;
            while (next < end && owners[next] == owners[begin]) next++;
            yield return (new string([.. Enumerable.Range(begin, next - begin).Select(CharacterOf)]), owners[begin]);
            begin = next;
        }
    }

    private char CharacterOf(int cell)
        => letters[cell] != '\0' ? letters[cell]
            : dots[cell] == 0 ? ' '
            : isBraille ? (char)(EmptyBraille + dots[cell]) : MarkOf(owners[cell]);

    private double ColumnOf(double x) => Math.Round(x * (DotColumns - 1));

    private double RowOf(double y) => Math.Round((1 - y) * (DotRows - 1));

    private bool IsWithin(double column, double row) => column >= 0 && column < DotColumns && row >= 0 && row < DotRows;

    private void Set(int column, int row, int owner)
    {
        var (height, width) = isBraille ? (4, 2) : (1, 1);
        var cell = (row / height * columns) + (column / width);
        dots[cell] |= isBraille ? Dots[row % height, column % width] : 1;
        owners[cell] = owner;
    }
}
