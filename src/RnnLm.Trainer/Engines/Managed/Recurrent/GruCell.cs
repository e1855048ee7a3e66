using System.Numerics;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Gated recurrent unit (Cho 2014) in cuDNN's form: <c>r, z = σ(…)</c>, <c>n = tanh(W_n x + b_n + r∘(U_n h' + b_hn))</c>,
/// <c>h = (1−z)∘n + z∘h'</c>; gates in the order r z n.
/// </summary>
internal sealed class GruCell(LayerWeights weights) : RecurrentCell
{
    private readonly float[] recurrentBias = weights.RecurrentBias!.Values;

    public override void Forward(UnrolledLayer layer, int first, int count, int unit, int units)
    {
        var size = layer.HiddenSize;
        var bias = weights.Bias.Values.AsSpan();
        var innerBias = recurrentBias.AsSpan(unit, units);
        for (var row = first; row < first + count; row++)
        {
            var gates = layer.Gates.Row(row); // r z n
            var recurrent = layer.RecurrentGates.Row(row);
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

            for (var i = 0; i < units; i += Lanes.Count)
            {
                var product = Lanes.Load(inner, i) + Lanes.Load(innerBias, i);
                Lanes.Store(product, inner, i);
                Lanes.Store(Lanes.Load(candidate, i) + Lanes.Load(reset, i) * product, candidate, i);
            }
            VectorFunctions.Tanh(candidate, candidate);

            var hiddenBefore = layer.Hidden.Row(row).Slice(unit, units);
            var hidden = layer.Hidden.Row(layer.BatchSize + row).Slice(unit, units);
            for (var i = 0; i < units; i += Lanes.Count)
            {
                var (z, n) = (Lanes.Load(update, i), Lanes.Load(candidate, i));
                Lanes.Store(n + z * (Lanes.Load(hiddenBefore, i) - n), hidden, i);
            }
        }
    }

    public override void Backward(UnrolledLayer layer, int first, int count, int unit, int units)
    {
        var size = layer.HiddenSize;
        var one = Vector<float>.One;
        for (var row = first; row < first + count; row++)
        {
            var gates = layer.Gates.Row(row); // r z n
            var recurrent = layer.RecurrentGates.Row(row);
            var reset = gates.Slice(unit, units);
            var update = gates.Slice(size + unit, units);
            var candidate = gates.Slice(2 * size + unit, units);
            var inner = recurrent.Slice(2 * size + unit, units);
            var hiddenBefore = layer.Hidden.Row(row).Slice(unit, units);
            var hiddenGradient = layer.HiddenGradient.Row(layer.BatchSize + row).Slice(unit, units);
            var hiddenBeforeGradient = layer.HiddenGradient.Row(row).Slice(unit, units);
            for (var i = 0; i < units; i += Lanes.Count)
            {
                var (r, z, n) = (Lanes.Load(reset, i), Lanes.Load(update, i), Lanes.Load(candidate, i));
                var dh = Lanes.Load(hiddenGradient, i);
                var dn = dh * (one - z) * (one - n * n);
                var dz = dh * (Lanes.Load(hiddenBefore, i) - n) * z * (one - z);
                var dr = dn * Lanes.Load(inner, i) * r * (one - r);
                Lanes.Store(Lanes.Load(hiddenBeforeGradient, i) + dh * z, hiddenBeforeGradient, i);
                Lanes.Store(dr, reset, i);
                Lanes.Store(dz, update, i);
                Lanes.Store(dn, candidate, i);
                Lanes.Store(dn * r, inner, i);
            }
            reset.CopyTo(recurrent[unit..]); // r and z enter both products alike
            update.CopyTo(recurrent[(size + unit)..]);
        }
    }
}
