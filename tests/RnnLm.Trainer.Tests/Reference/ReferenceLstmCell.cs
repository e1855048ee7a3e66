namespace RnnLm.Training.Tests.Reference;

/// <summary><c>i, f, o = σ(…)</c>, <c>g = tanh(…)</c>, <c>c = f∘c' + i∘g</c>, <c>h = o∘tanh(c)</c>; gates in the order i f g o.</summary>
internal sealed class ReferenceLstmCell : ReferenceCell
{
    public override ReferenceStep Forward(ReferenceLayer layer, double[] x, double[] previousHidden, double[] previousCell)
    {
        var size = layer.HiddenSize;
        var gates = new double[4 * size];
        for (var row = 0; row < gates.Length; row++)
        {
            var a = layer.Bias[row] + layer.InputProduct(row, x) + layer.RecurrentProduct(row, previousHidden);
            gates[row] = row / size == 2 ? Math.Tanh(a) : Sigmoid(a);
        }
        var cell = new double[size];
        var hidden = new double[size];
        for (var j = 0; j < size; j++)
        {
            cell[j] = gates[size + j] * previousCell[j] + gates[j] * gates[2 * size + j];
            hidden[j] = gates[3 * size + j] * Math.Tanh(cell[j]);
        }
        return new(x, previousHidden, previousCell, gates, hidden, cell);
    }

    public override (double[] Input, double[] PreviousHidden, double[] PreviousCell) Backward(
        ReferenceLayer layer, ReferenceStep step, double[] hidden, double[] cell, ReferenceLayer gradients)
    {
        var size = layer.HiddenSize;
        var da = new double[4 * size];
        var previousCell = new double[size];
        for (var j = 0; j < size; j++)
        {
            var (i, f, g, o) = (step.Gates[j], step.Gates[size + j], step.Gates[2 * size + j], step.Gates[3 * size + j]);
            var squashed = Math.Tanh(step.Cell[j]);
            var dc = cell[j] + hidden[j] * o * (1 - squashed * squashed);
            da[j] = dc * g * i * (1 - i);
            da[size + j] = dc * step.PreviousCell[j] * f * (1 - f);
            da[2 * size + j] = dc * i * (1 - g * g);
            da[3 * size + j] = hidden[j] * squashed * o * (1 - o);
            previousCell[j] = dc * f;
        }
        var dx = new double[layer.InputSize];
        var dh = new double[step.PreviousHidden.Length];
        for (var row = 0; row < da.Length; row++)
        {
            gradients.Bias[row] += da[row];
            layer.InputProductBackward(row, da[row], step.Input, dx, gradients);
            layer.RecurrentProductBackward(row, da[row], step.PreviousHidden, dh, gradients);
        }
        return (dx, dh, previousCell);
    }
}
