namespace RnnLm.Training;

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016), a bracket of Hyperband (Li et al. 2018): all trials have a little of the time or the epochs, one of
/// so many is promoted to the next rung, where it has as many times that in all, until few are left.
/// </summary>
/// <param name="trials">The number of trials, at least 1.</param>
/// <param name="factor">The reduction factor, at least 2.</param>
internal sealed class SuccessiveHalving(int trials, int factor)
{
    /// <summary>How many trials each rung has at most.</summary>
    public IReadOnlyList<int> Rungs { get; } = RungsOf(trials, factor);

    /// <summary>What a trial has in a rung, beside what it had before, where in the first it has 1.</summary>
    public double ShareOf(int rung) => rung == 0 ? 1 : Math.Pow(factor, rung) - Math.Pow(factor, rung - 1);

    /// <summary>The share of a whole training that a trial has in the first rung.</summary>
    public double FirstShare => Math.Pow(factor, 1 - Rungs.Count);

    /// <summary>How long a trial of a rung may take, of the time that is left to it, to others that wait in that rung, and to the rungs above.</summary>
    /// <param name="left">The time left.</param>
    /// <param name="rung">The rung.</param>
    /// <param name="waiting">How many trials wait in it, this one among them.</param>
    public TimeSpan TimeOf(TimeSpan left, int rung, int waiting)
    {
        var shares = waiting * ShareOf(rung);
        for (var above = rung + 1; above < Rungs.Count; above++) shares += Rungs[above] * ShareOf(above);
        return left * (ShareOf(rung) / shares);
    }

    /// <summary>How long the trial that goes furthest is trained in all.</summary>
    public TimeSpan LongestOf(TimeSpan limit) => TimeOf(limit, 0, Rungs[0]) * Math.Pow(factor, Rungs.Count - 1);

    /// <summary>Until which epoch a trial is trained in a rung, of all that it may have.</summary>
    public int EpochsOf(int all, int rung) => Math.Max(1, (int)Math.Ceiling(all / Math.Pow(factor, Rungs.Count - 1 - rung) - 1e-9));

    private static List<int> RungsOf(int trials, int factor)
    {
        var rungs = new List<int>();
        for (var left = trials; left >= 1; left /= factor) rungs.Add(left);
        return rungs;
    }
}
