using System.Numerics;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Gated recurrent unit (Cho 2014) in cuDNN's form: <c>r, z = σ(…)</c>, <c>n = tanh(W_n x + b_n + r∘(U_n h' + b_hn))</c>,
/// <c>h = (1−z)∘n + z∘h'</c>; gates in the order r z n.
/// </summary>
internal sealed class GruCell(LayerWeights weights) : RecurrentCell
{
    private readonly float[] recurrentBias = weights.RecurrentBias!.Values;

    public override void Forward(UnrolledLayer layer, int first, int count)
    {
        var size = layer.HiddenSize;
        for (var row = first; row < first + count; row++)
        {
            var gates = layer.Gates.Row(row); // r z n
            var recurrent = layer.RecurrentGates.Row(row);
            VectorFunctions.Add(gates, weights.Bias.Values, gates);
            VectorFunctions.Add(gates[..(2 * size)], recurrent[..(2 * size)], gates[..(2 * size)]);
            VectorFunctions.Sigmoid(gates[..(2 * size)], gates[..(2 * size)]);

            var reset = gates[..size];
            var update = gates[size..(2 * size)];
            var candidate = gates[(2 * size)..];
            var inner = recurrent[(2 * size)..];
            for (var i = 0; i < size; i += Lanes.Count)
            {
                var product = Lanes.Load(inner, i) + Lanes.Load(recurrentBias, i);
                Lanes.Store(product, inner, i);
                Lanes.Store(Lanes.Load(candidate, i) + Lanes.Load(reset, i) * product, candidate, i);
            }
            VectorFunctions.Tanh(candidate, candidate);

            var hiddenBefore = layer.Hidden.Row(row);
            var hidden = layer.Hidden.Row(layer.BatchSize + row);
            for (var i = 0; i < size; i += Lanes.Count)
            {
                var (z, n) = (Lanes.Load(update, i), Lanes.Load(candidate, i));
                Lanes.Store(n + z * (Lanes.Load(hiddenBefore, i) - n), hidden, i);
            }
        }
    }

    public override void Backward(UnrolledLayer layer, int first, int count)
    {
        var size = layer.HiddenSize;
        var one = Vector<float>.One;
        for (var row = first; row < first + count; row++)
        {
            var gates = layer.Gates.Row(row); // r z n
            var recurrent = layer.RecurrentGates.Row(row);
            var reset = gates[..size];
            var update = gates[size..(2 * size)];
            var candidate = gates[(2 * size)..];
            var inner = recurrent[(2 * size)..];
            var hiddenBefore = layer.Hidden.Row(row);
            var hiddenGradient = layer.HiddenGradient.Row(layer.BatchSize + row);
            var hiddenBeforeGradient = layer.HiddenGradient.Row(row);
            for (var i = 0; i < size; i += Lanes.Count)
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
            gates[..(2 * size)].CopyTo(recurrent); // r and z enter both products alike
        }
    }
}
