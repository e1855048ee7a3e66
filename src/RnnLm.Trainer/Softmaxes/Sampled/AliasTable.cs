namespace RnnLm.Training;

/// <summary>
/// A discrete distribution from which a number is drawn in constant time (Walker 1977; the table built in linear time, Vose 1991):
/// equally likely columns, each divided between its own number and one other, its alias.
/// </summary>
internal sealed class AliasTable
{
    private const double Whole = 4294967296.0; // 2^32

    private readonly uint[] thresholds; // of every column: the share of its own number, in units of 2^-32
    private readonly int[] aliases;

    /// <param name="probabilities">The probabilities of the numbers from 0 on; their sum is one.</param>
    public AliasTable(ReadOnlySpan<double> probabilities)
    {
        var count = probabilities.Length;
        thresholds = new uint[count];
        aliases = new int[count];
        var shares = new double[count]; // of a column's height, what is not yet given to another
        var (small, large) = (new Stack<int>(count), new Stack<int>(count));
        for (var i = 0; i < count; i++)
        {
            shares[i] = probabilities[i] * count;
            (shares[i] < 1 ? small : large).Push(i);
        }
        while (small.TryPop(out var column))
        {
            // Only by rounding can there be nothing left to fill a column up with; it is then as good as full.
            if (!large.TryPop(out var other))
            {
                SetWhole(column);
                continue;
            }
            thresholds[column] = (uint)(shares[column] * Whole);
            aliases[column] = other;
            shares[other] -= 1 - shares[column];
            (shares[other] < 1 ? small : large).Push(other);
        }
        foreach (var column in large) SetWhole(column);
    }

    /// <summary>The number that two random numbers, spread evenly over all 32 bits, stand for.</summary>
    public int At(uint first, uint second)
    {
        var column = (int)((ulong)first * (uint)thresholds.Length >> 32);
        return second < thresholds[column] ? column : aliases[column];
    }

    private void SetWhole(int column) => (thresholds[column], aliases[column]) = (uint.MaxValue, column);
}
