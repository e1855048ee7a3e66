namespace RnnLm.Training;

/// <summary>
/// The lengths of windows that are drawn each (Merity 2018), so that the corpus is cut at other places in every epoch: the usual length 95 times of 100 and half of it
/// otherwise, and from there a normal distribution of deviation 5. What is drawn follows from the seed and the epoch alone.
/// </summary>
/// <param name="usual">The usual length.</param>
/// <param name="greatest">The greatest length.</param>
/// <param name="seed">What is drawn follows from it.</param>
internal sealed class RandomWindowLengths(int usual, int greatest, int seed)
{
    private const double ShareOfHalves = 0.05;
    private const double Deviation = 5;
    private const int Least = 5;

    private CounterGenerator random;
    private uint drawn;

    /// <summary>Begins an epoch.</summary>
    public void Begin(int epoch)
    {
        random = new CounterGenerator(seed, epoch, Places.WindowLengths);
        drawn = 0;
    }

    /// <summary>Draws the length of the next window.</summary>
    public int Next()
    {
        var mean = Uniform() < ShareOfHalves ? usual / 2.0 : usual;
        // Two uniform numbers make a normal one (Box and Muller 1958).
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        var length = (int)Math.Round(mean + Deviation * radius * Math.Cos(2 * Math.PI * Uniform()));
        return Math.Clamp(length, Math.Min(Least, usual), greatest);
    }

    // From 0 to below 1.
    private double Uniform() => random.At(drawn++) / 4294967296.0; // 2^32
}
