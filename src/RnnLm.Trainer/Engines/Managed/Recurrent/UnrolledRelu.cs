using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary><c>h = max(0, W_x x + W_h h' + b)</c> (Le, Jaitly and Hinton 2015).</summary>
internal sealed class UnrolledRelu(LayerWeights weights) : UnrolledCell
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(UnrolledStates states, int first, int count, int unit, int units)
    {
        var bias = weights.Bias.Values.AsSpan(unit, units);
        for (var row = first; row < first + count; row++)
        {
            var gates = states.Gates.Row(row).Slice(unit, units);
            var hidden = states.Activated.Row(row).Slice(unit, units);
            for (var i = 0; i < gates.Length; i += SpanVectors.Count)
                SpanVectors.Store(Vector.Max(Vector<float>.Zero, SpanVectors.Load(gates, i) + SpanVectors.Load(bias, i)), hidden, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(UnrolledStates states, int first, int count, int unit, int units)
    {
        for (var row = first; row < first + count; row++)
        {
            var gates = states.Gates.Row(row).Slice(unit, units);
            var hidden = states.Activated.Row(row).Slice(unit, units);
            var hiddenGradient = states.ActivatedGradient.Row(row).Slice(unit, units);
            for (var i = 0; i < gates.Length; i += SpanVectors.Count)
            {
                var isActive = Vector.AsVectorSingle(Vector.GreaterThan(SpanVectors.Load(hidden, i), Vector<float>.Zero));
                SpanVectors.Store(Vector.ConditionalSelect(isActive, SpanVectors.Load(hiddenGradient, i), Vector<float>.Zero), gates, i);
            }
        }
    }
}
