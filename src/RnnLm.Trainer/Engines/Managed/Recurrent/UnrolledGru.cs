using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Gated recurrent unit (Cho 2014) in cuDNN's form: <c>r, z = σ(…)</c>, <c>n = tanh(W_n x + b_n + r∘(U_n h' + b_hn))</c>,
/// <c>h = (1−z)∘n + z∘h'</c>; gates in the order r z n.
/// </summary>
internal sealed class UnrolledGru(LayerWeights weights) : UnrolledCell
{
    private readonly float[] recurrentBias = weights.RecurrentBias!.Values;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(UnrolledStates states, int first, int count, int unit, int units)
    {
        var size = states.Units;
        var bias = weights.Bias.Values.AsSpan();
        var innerBias = recurrentBias.AsSpan(unit, units);
        for (var row = first; row < first + count; row++)
        {
            var gates = states.Gates.Row(row); // r z n
            var recurrent = states.RecurrentGates.Row(row);
            var reset = gates.Slice(unit, units);
            var update = gates.Slice(size + unit, units);
            var candidate = gates.Slice(2 * size + unit, units);
            var inner = recurrent.Slice(2 * size + unit, units);
            VectorFunctions.Add(reset, bias.Slice(unit, units), reset);
            VectorFunctions.Add(update, bias.Slice(size + unit, units), update);
            VectorFunctions.Add(candidate, bias.Slice(2 * size + unit, units), candidate);
            VectorFunctions.Add(reset, recurrent.Slice(unit, units), reset);
            VectorFunctions.Add(update, recurrent.Slice(size + unit, units), update);
            VectorFunctions.Sigmoid(reset, reset);
            VectorFunctions.Sigmoid(update, update);

            for (var i = 0; i < units; i += SpanVectors.Count)
            {
                var product = SpanVectors.Load(inner, i) + SpanVectors.Load(innerBias, i);
                SpanVectors.Store(product, inner, i);
                SpanVectors.Store(SpanVectors.Load(candidate, i) + SpanVectors.Load(reset, i) * product, candidate, i);
            }
            VectorFunctions.Tanh(candidate, candidate);

            var hiddenBefore = states.Hidden.Row(row).Slice(unit, units);
            var hidden = states.Activated.Row(row).Slice(unit, units);
            for (var i = 0; i < units; i += SpanVectors.Count)
            {
                var (z, n) = (SpanVectors.Load(update, i), SpanVectors.Load(candidate, i));
                SpanVectors.Store(n + z * (SpanVectors.Load(hiddenBefore, i) - n), hidden, i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(UnrolledStates states, int first, int count, int unit, int units)
    {
        var size = states.Units;
        var one = Vector<float>.One;
        for (var row = first; row < first + count; row++)
        {
            var gates = states.Gates.Row(row); // r z n
            var recurrent = states.RecurrentGates.Row(row);
            var reset = gates.Slice(unit, units);
            var update = gates.Slice(size + unit, units);
            var candidate = gates.Slice(2 * size + unit, units);
            var inner = recurrent.Slice(2 * size + unit, units);
            var hiddenBefore = states.Hidden.Row(row).Slice(unit, units);
            var hiddenGradient = states.ActivatedGradient.Row(row).Slice(unit, units);
            var hiddenBeforeGradient = states.HiddenGradient.Row(row).Slice(unit, units);
            for (var i = 0; i < units; i += SpanVectors.Count)
            {
                var (r, z, n) = (SpanVectors.Load(reset, i), SpanVectors.Load(update, i), SpanVectors.Load(candidate, i));
                var dh = SpanVectors.Load(hiddenGradient, i);
                var dn = dh * (one - z) * (one - n * n);
                var dz = dh * (SpanVectors.Load(hiddenBefore, i) - n) * z * (one - z);
                var dr = dn * SpanVectors.Load(inner, i) * r * (one - r);
                SpanVectors.Store(SpanVectors.Load(hiddenBeforeGradient, i) + dh * z, hiddenBeforeGradient, i);
                SpanVectors.Store(dr, reset, i);
                SpanVectors.Store(dz, update, i);
                SpanVectors.Store(dn, candidate, i);
                SpanVectors.Store(dn * r, inner, i);
            }
            reset.CopyTo(recurrent[unit..]); // r and z enter both products alike
            update.CopyTo(recurrent[(size + unit)..]);
        }
    }
}
