using RnnLm.Numerics;

namespace RnnLm.Mpi;

/// <summary>
/// One step of all ranks' weights: gradient descent with Nesterov's momentum, where the gradient is the way back from the mean of the ranks' weights. With <c>w</c> where
/// all began and <c>w̄</c> that mean, <c>g = w − w̄</c>, <c>v ← μ v + g</c>, <c>w ← w − η (g + μ v)</c> (Douillard et al. 2023, <i>DiLoCo</i>; it is the Nesterov block momentum of
/// Chen and Huo 2016, <i>Scalable Training of Deep Learning Machines by Incremental Block Training with Intra-block Parallel Optimization and Blockwise Model-Update Filtering</i>,
/// told in another way).
/// </summary>
internal static class OuterStep
{
    /// <summary>Makes the step.</summary>
    /// <param name="from">Where all began.</param>
    /// <param name="mean">The mean of where they have come to, to be overwritten with where they go on.</param>
    /// <param name="velocity"><c>v</c>; empty without momentum.</param>
    /// <param name="rate"><c>η</c>.</param>
    /// <param name="momentum"><c>μ</c>.</param>
    public static void Move(ReadOnlySpan<float> from, Span<float> mean, Span<float> velocity, float rate, float momentum)
    {
        if (velocity.IsEmpty && rate == 1) return; // the mean itself, without rounding
        for (var i = 0; i < from.Length; i += SpanVectors.Count)
        {
            var w = SpanVectors.Load(from, i);
            var g = w - SpanVectors.Load(mean, i);
            if (velocity.IsEmpty)
            {
                SpanVectors.Store(w - rate * g, mean, i);
                continue;
            }
            var v = momentum * SpanVectors.Load(velocity, i) + g;
            SpanVectors.Store(v, velocity, i);
            SpanVectors.Store(w - rate * (g + momentum * v), mean, i);
        }
    }
}
