using System.Numerics;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary><c>h = tanh(W_x x + W_h h' + b)</c> (Elman 1990; Mikolov 2010).</summary>
internal sealed class ElmanCell(LayerWeights weights) : RecurrentCell
{
    public override void Forward(UnrolledLayer layer, int first, int count)
    {
        for (var row = first; row < first + count; row++)
        {
            var gates = layer.Gates.Row(row);
            VectorFunctions.Add(gates, weights.Bias.Values, gates);
            VectorFunctions.Tanh(gates, layer.Hidden.Row(layer.BatchSize + row));
        }
    }

    public override void Backward(UnrolledLayer layer, int first, int count)
    {
        for (var row = first; row < first + count; row++)
        {
            var gates = layer.Gates.Row(row);
            var hidden = layer.Hidden.Row(layer.BatchSize + row);
            var hiddenGradient = layer.HiddenGradient.Row(layer.BatchSize + row);
            for (var i = 0; i < gates.Length; i += Lanes.Count)
            {
                var h = Lanes.Load(hidden, i);
                Lanes.Store(Lanes.Load(hiddenGradient, i) * (Vector<float>.One - h * h), gates, i);
            }
        }
    }
}
