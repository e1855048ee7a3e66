using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnLm.Training;

/// <summary>
/// What the latest updates have done to weights without a gradient, so that a row that took no part in them can make up for all of them in one pass. For each
/// update that a row may have taken part in last there are a few factors, which do not depend on the row.
/// </summary>
/// <remarks>
/// Without a gradient Adam's update <c>u</c> is <c>m ← β₁ m</c>, <c>v ← β₂ v</c>, <c>w ← f_u w − a_u m / (q_u √v + ε)</c>, with <c>f_u</c> from decoupled weight
/// decay, <c>a_u = η_u / (1 − β₁ᵘ)</c> and <c>q_u = 1 / √(1 − β₂ᵘ)</c>. Several of them are <c>w ← D w − A m / (B √v + ε)</c> where <c>ε</c> is small beside
/// <c>√v</c>, or large; between the two that is exact to the square of how much <c>q_u √β₂ᵘ</c> changes while <c>m</c> decays, which is far below the rounding of
/// single precision but for the first few updates of a run.
/// </remarks>
internal sealed class MissedUpdates
{
    /// <summary>How many updates a row may miss.</summary>
    public const int Capacity = 1024;

    private const int Columns = 6;

    // Of every update from the oldest on, what those after it have done.
    private readonly double[] values = new double[Columns * Capacity];
    private int count;

    /// <summary>Whether every row has to make up for what it has missed before a further update.</summary>
    public bool IsFull => count == Capacity;

    /// <summary>The number of the update that a row can have taken part in last at the earliest.</summary>
    public long Oldest { get; private set; }

    /// <summary>The number of updates until now.</summary>
    public long Updates => Oldest + count;

    private Span<double> WeightFactors => values.AsSpan(0, count); // D
    private Span<double> FirstFactors => values.AsSpan(Capacity, count); // ∏ β₁
    private Span<double> SecondFactors => values.AsSpan(2 * Capacity, count); // ∏ β₂
    private Span<double> Ratios => values.AsSpan(3 * Capacity, count); // ∏ β₁ / √β₂
    private Span<double> Steps => values.AsSpan(4 * Capacity, count); // A
    private Span<double> RelativeSteps => values.AsSpan(5 * Capacity, count); // A / B

    /// <summary>Adds an update.</summary>
    /// <param name="weightFactor"><c>f</c>.</param>
    /// <param name="step"><c>a</c>.</param>
    /// <param name="secondCorrection"><c>q</c>.</param>
    /// <param name="beta1"><c>β₁</c>.</param>
    /// <param name="beta2"><c>β₂</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double weightFactor, double step = 0, double secondCorrection = 1, double beta1 = 0, double beta2 = 1)
    {
        count++;
        WeightFactors[^1] = FirstFactors[^1] = SecondFactors[^1] = Ratios[^1] = 1;
        Steps[^1] = RelativeSteps[^1] = 0;
        var ratio = beta1 / Math.Sqrt(beta2);
        var relativeStep = step / secondCorrection;
        var weights = WeightFactors;
        var firsts = FirstFactors;
        var seconds = SecondFactors;
        var ratios = Ratios;
        var steps = Steps;
        var relativeSteps = RelativeSteps;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] *= weightFactor;
            firsts[i] *= beta1;
            seconds[i] *= beta2;
            ratios[i] *= ratio;
            steps[i] = weightFactor * steps[i] + step * firsts[i];
            relativeSteps[i] = weightFactor * relativeSteps[i] + relativeStep * ratios[i];
        }
    }

    /// <summary>What all updates after one have done.</summary>
    /// <param name="update">The number of that one.</param>
    public Factors Since(long update)
    {
        var i = (int)(update - Oldest);
        var scale = RelativeSteps[i] > 0 ? Math.Max(0, Steps[i] / RelativeSteps[i]) : 0;
        return new Factors((float)WeightFactors[i], (float)FirstFactors[i], (float)SecondFactors[i], (float)Steps[i], (float)scale);
    }

    /// <summary>Forgets all updates: every row has made up for them.</summary>
    public void Clear() => (Oldest, count) = (Updates, 0);

    /// <summary>Begins anew.</summary>
    public void Reset() => (Oldest, count) = (0, 0);

    public void Save(TrainingState state)
    {
        state.Set("oldest", Oldest);
        state.Set("count", count);
        state.Set("factors", MemoryMarshal.AsBytes<double>(values)); // [6, capacity]
    }

    public void Restore(TrainingState state)
    {
        Oldest = state.GetWhole("oldest");
        var restored = state.GetWhole("count");
        if (restored > Capacity) throw new InvalidDataException(Invariant($"{restored:N0} updates can have been missed; there can be at most {Capacity:N0}."));
        count = (int)restored;
        state.Get("factors", MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>What some updates have done to weights without a gradient.</summary>
    /// <param name="Weight">What a weight is multiplied by: <c>D</c>.</param>
    /// <param name="First">What the first moment is multiplied by.</param>
    /// <param name="Second">What the second moment is multiplied by.</param>
    /// <param name="Step"><c>A</c>.</param>
    /// <param name="Scale"><c>B</c>.</param>
    public readonly record struct Factors(float Weight, float First, float Second, float Step, float Scale);
}
