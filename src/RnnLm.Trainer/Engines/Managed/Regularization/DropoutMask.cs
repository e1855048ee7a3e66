using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The mask of inverted dropout (Srivastava 2014): a value is set to zero with probability <c>p</c> and multiplied by <c>1 / (1 - p)</c>
/// otherwise. It follows from seed, step, place and index alone, so the gradient's is the forward pass's without being stored.
/// </summary>
internal sealed class DropoutMask
{
    private readonly int seed;
    private readonly uint threshold;
    private readonly float scale;

    /// <param name="probability">The probability <c>p</c> of being dropped.</param>
    /// <param name="seed">What the masks follow from.</param>
    public DropoutMask(double probability, int seed)
    {
        this.seed = seed;
        threshold = (uint)(probability * 4294967296.0);
        scale = (float)(1 / (1 - probability));
    }

    /// <summary>Multiplies some values of a place by their part of the mask. Source and destination may be the same.</summary>
    /// <param name="source">The values.</param>
    /// <param name="destination">Receives the values that are kept, scaled.</param>
    /// <param name="step">The training step.</param>
    /// <param name="place">The place in the network: 0 the embedding, <c>l</c> the output of layer <c>l - 1</c>.</param>
    /// <param name="firstIndex">The index of the first value in <c>[positions, size]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<float> source, Span<float> destination, long step, int place, int firstIndex)
    {
        var generator = new CounterGenerator(seed, step, place);
        var indices = Vector<uint>.Indices + new Vector<uint>((uint)firstIndex);
        var stride = new Vector<uint>((uint)SpanVectors.Count);
        var limit = new Vector<uint>(threshold);
        for (var i = 0; i < source.Length; i += SpanVectors.Count)
        {
            var kept = Vector.AsVectorSingle(Vector.GreaterThanOrEqual(generator.At(indices), limit));
            SpanVectors.Store(Vector.ConditionalSelect(kept, SpanVectors.Load(source, i) * scale, Vector<float>.Zero), destination, i);
            indices += stride;
        }
    }

    /// <summary>The values of the mask at some indices: 0, or <c>1 / (1 - p)</c>.</summary>
    /// <param name="indices">The indices, none below 0.</param>
    /// <param name="factors">Receives as many values.</param>
    /// <param name="step">The training step.</param>
    /// <param name="place">The place in the network.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FactorsOf(ReadOnlySpan<int> indices, Span<float> factors, long step, int place)
    {
        var generator = new CounterGenerator(seed, step, place);
        for (var i = 0; i < indices.Length; i++) factors[i] = generator.At((uint)indices[i]) >= threshold ? scale : 0;
    }
}
