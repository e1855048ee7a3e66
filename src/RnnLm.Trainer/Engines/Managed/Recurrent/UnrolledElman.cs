using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary><c>h = tanh(W_x x + W_h h' + b)</c> (Elman 1990; Mikolov 2010).</summary>
internal sealed class UnrolledElman(LayerWeights weights) : UnrolledCell
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(UnrolledStates states, int first, int count, int unit, int units)
    {
        for (var row = first; row < first + count; row++)
        {
            var gates = states.Gates.Row(row).Slice(unit, units);
            VectorFunctions.Add(gates, weights.Bias.Values.AsSpan(unit, units), gates);
            VectorFunctions.Tanh(gates, states.Activated.Row(row).Slice(unit, units));
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
                var h = SpanVectors.Load(hidden, i);
                SpanVectors.Store(SpanVectors.Load(hiddenGradient, i) * (Vector<float>.One - h * h), gates, i);
            }
        }
    }
}
