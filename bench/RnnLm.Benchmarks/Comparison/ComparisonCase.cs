namespace RnnLm.Benchmarks.Comparison;

/// <summary>One figure, ours beside a peer's, or ours alone.</summary>
/// <param name="Name">What is measured, and against what where that is not the usual peer.</param>
/// <param name="Unit">The unit of the figures.</param>
/// <param name="Ours">Measures our side for some seconds.</param>
sealed record ComparisonCase(string Name, string Unit, Func<double, double> Ours)
{
    /// <summary>Measures the peer for some seconds; null where ours stands alone.</summary>
    public Func<double, double>? Peer { get; init; }

    /// <summary>What the ratio should reach.</summary>
    public double? Goal { get; init; }

    /// <summary>What our own figure should not exceed, in the unit.</summary>
    public double? Limit { get; init; }

    /// <summary>Whether less is better: a ratio above 1 is always in our favour.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>Whether <c>--quick</c> measures it.</summary>
    public bool IsMain { get; init; }

    /// <summary>Whether one round is enough: the figure hardly varies.</summary>
    public bool IsSteady { get; init; }

    /// <summary>The share of a round's seconds that it takes.</summary>
    public double TimeShare { get; init; } = 0.5;
}
