namespace RnnLm.Training.Tests.Reference;

/// <summary><c>f, o = σ(…)</c>, <c>g = tanh(…)</c>, <c>c = f∘c' + (1−f)∘g</c>, <c>h = o∘tanh(c)</c>; gates in the order f g o.</summary>
internal sealed class ReferenceCifgCell : ReferenceCell
{
    public override ReferenceStep Forward(ReferenceLayer layer, double[] x, double[] previousHidden, double[] previousCell)
    {
        var size = previousCell.Length;
        var gates = new double[3 * size];
        for (var row = 0; row < gates.Length; row++)
        {
            var a = layer.Bias[row] + layer.InputProduct(row, x) + layer.RecurrentProduct(row, previousHidden);
            gates[row] = row / size == 1 ? Math.Tanh(a) : Sigmoid(a);
        }
        var cell = new double[size];
        var hidden = new double[size];
        for (var j = 0; j < size; j++)
        {
            cell[j] = gates[j] * previousCell[j] + (1 - gates[j]) * gates[size + j];
            hidden[j] = gates[2 * size + j] * Math.Tanh(cell[j]);
        }
        return new(x, previousHidden, previousCell, gates, hidden, cell);
    }

    public override (double[] Input, double[] PreviousHidden, double[] PreviousCell) Backward(
        ReferenceLayer layer, ReferenceStep step, double[] hidden, double[] cell, ReferenceLayer gradients)
    {
        var size = cell.Length;
        var da = new double[3 * size];
        var previousCell = new double[size];
        for (var j = 0; j < size; j++)
        {
            var (f, g, o) = (step.Gates[j], step.Gates[size + j], step.Gates[2 * size + j]);
            var squashed = Math.Tanh(step.Cell[j]);
            var dc = cell[j] + hidden[j] * o * (1 - squashed * squashed);
            da[j] = (dc * step.PreviousCell[j] - dc * g) * f * (1 - f);
            da[size + j] = dc * (1 - f) * (1 - g * g);
            da[2 * size + j] = hidden[j] * squashed * o * (1 - o);
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
