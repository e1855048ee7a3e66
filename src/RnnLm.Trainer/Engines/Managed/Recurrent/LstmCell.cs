using System.Numerics;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; Gers 2000): <c>i, f, o = σ(…)</c>, <c>g = tanh(…)</c>,
/// <c>c = f∘c' + i∘g</c>, <c>h = o∘tanh(c)</c>; gates in the order i f g o.
/// </summary>
internal sealed class LstmCell(LayerWeights weights) : RecurrentCell
{
    public override void Forward(UnrolledLayer layer, int first, int count)
    {
        var size = layer.HiddenSize;
        for (var row = first; row < first + count; row++)
        {
            var gates = layer.Gates.Row(row); // i f g o
            VectorFunctions.Add(gates, weights.Bias.Values, gates);
            VectorFunctions.Sigmoid(gates[..(2 * size)], gates[..(2 * size)]);
            VectorFunctions.Tanh(gates[(2 * size)..(3 * size)], gates[(2 * size)..(3 * size)]);
            VectorFunctions.Sigmoid(gates[(3 * size)..], gates[(3 * size)..]);

            var input = gates[..size];
            var forget = gates[size..(2 * size)];
            var candidate = gates[(2 * size)..(3 * size)];
            var output = gates[(3 * size)..];
            var cellBefore = layer.Cells.Row(row);
            var cell = layer.Cells.Row(layer.BatchSize + row);
            for (var i = 0; i < size; i += Lanes.Count)
            {
                var kept = Lanes.Load(forget, i) * Lanes.Load(cellBefore, i);
                Lanes.Store(kept + Lanes.Load(input, i) * Lanes.Load(candidate, i), cell, i);
            }
            var squashed = layer.SquashedCells.Row(row);
            VectorFunctions.Tanh(cell, squashed);
            VectorFunctions.Multiply(output, squashed, layer.Hidden.Row(layer.BatchSize + row));
        }
    }

    public override void Backward(UnrolledLayer layer, int first, int count)
    {
        var size = layer.HiddenSize;
        var one = Vector<float>.One;
        for (var row = first; row < first + count; row++)
        {
            var gates = layer.Gates.Row(row); // i f g o
            var input = gates[..size];
            var forget = gates[size..(2 * size)];
            var candidate = gates[(2 * size)..(3 * size)];
            var output = gates[(3 * size)..];
            var cellBefore = layer.Cells.Row(row);
            var squashedCell = layer.SquashedCells.Row(row);
            var hiddenGradient = layer.HiddenGradient.Row(layer.BatchSize + row);
            var cellGradient = layer.CellGradient.Row(row % layer.BatchSize);
            for (var k = 0; k < size; k += Lanes.Count)
            {
                var (i, f, g, o) = (Lanes.Load(input, k), Lanes.Load(forget, k), Lanes.Load(candidate, k), Lanes.Load(output, k));
                var squashed = Lanes.Load(squashedCell, k);
                var dh = Lanes.Load(hiddenGradient, k);
                var dc = Lanes.Load(cellGradient, k) + dh * o * (one - squashed * squashed);
                Lanes.Store(dc * f, cellGradient, k);
                Lanes.Store(dc * g * i * (one - i), input, k);
                Lanes.Store(dc * Lanes.Load(cellBefore, k) * f * (one - f), forget, k);
                Lanes.Store(dc * i * (one - g * g), candidate, k);
                Lanes.Store(dh * squashed * o * (one - o), output, k);
            }
        }
    }
}
