namespace RnnLm.Training.Tests.Reference;

/// <summary>
/// <c>r, z = σ(…)</c>, <c>n = tanh(W_n x + b_n + r∘(U_n h' + b_hn))</c>, <c>h = (1−z)∘n + z∘h'</c>; gates in the order r z n.
/// </summary>
internal sealed class ReferenceGruCell : ReferenceCell
{
    public override ReferenceStep Forward(ReferenceLayer layer, double[] x, double[] previousHidden, double[] previousCell)
    {
        var size = layer.HiddenSize;
        var gates = new double[3 * size];
        for (var row = 0; row < 2 * size; row++)
            gates[row] = Sigmoid(layer.Bias[row] + layer.InputProduct(row, x) + layer.RecurrentProduct(row, previousHidden));
        var hidden = new double[size];
        for (var j = 0; j < size; j++)
        {
            var row = 2 * size + j;
            var inner = layer.RecurrentProduct(row, previousHidden) + layer.RecurrentBias[j];
            gates[row] = Math.Tanh(layer.Bias[row] + layer.InputProduct(row, x) + gates[j] * inner);
            hidden[j] = (1 - gates[size + j]) * gates[row] + gates[size + j] * previousHidden[j];
        }
        return new(x, previousHidden, previousCell, gates, hidden, previousCell);
    }

    public override (double[] Input, double[] PreviousHidden, double[] PreviousCell) Backward(
        ReferenceLayer layer, ReferenceStep step, double[] hidden, double[] cell, ReferenceLayer gradients)
    {
        var size = layer.HiddenSize;
        var dx = new double[layer.InputSize];
        var dh = new double[size];
        for (var j = 0; j < size; j++)
        {
            var (r, z, n) = (step.Gates[j], step.Gates[size + j], step.Gates[2 * size + j]);
            var inner = layer.RecurrentProduct(2 * size + j, step.PreviousHidden) + layer.RecurrentBias[j];
            var dn = hidden[j] * (1 - z) * (1 - n * n);
            var dz = hidden[j] * (step.PreviousHidden[j] - n) * z * (1 - z);
            var dr = dn * inner * r * (1 - r);
            dh[j] += hidden[j] * z;

            gradients.Bias[j] += dr;
            gradients.Bias[size + j] += dz;
            gradients.Bias[2 * size + j] += dn;
            gradients.RecurrentBias[j] += dn * r;
            layer.InputProductBackward(j, dr, step.Input, dx, gradients);
            layer.InputProductBackward(size + j, dz, step.Input, dx, gradients);
            layer.InputProductBackward(2 * size + j, dn, step.Input, dx, gradients);
            layer.RecurrentProductBackward(j, dr, step.PreviousHidden, dh, gradients);
            layer.RecurrentProductBackward(size + j, dz, step.PreviousHidden, dh, gradients);
            layer.RecurrentProductBackward(2 * size + j, dn * r, step.PreviousHidden, dh, gradients);
        }
        return (dx, dh, cell);
    }
}
