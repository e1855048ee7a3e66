namespace RnnLm.Training.Tests.Reference;

/// <summary><c>h = f(W_x x + W_h h' + b)</c>; the slope of <c>f</c> is given as a function of <c>h</c>.</summary>
internal sealed class ReferenceElmanCell(Func<double, double> activation, Func<double, double> slope) : ReferenceCell
{
    public override ReferenceStep Forward(ReferenceLayer layer, double[] x, double[] previousHidden, double[] previousCell)
    {
        var hidden = new double[layer.HiddenSize];
        for (var j = 0; j < hidden.Length; j++)
            hidden[j] = activation(layer.Bias[j] + layer.InputProduct(j, x) + layer.RecurrentProduct(j, previousHidden));
        return new(x, previousHidden, previousCell, hidden, hidden, previousCell);
    }

    public override (double[] Input, double[] PreviousHidden, double[] PreviousCell) Backward(
        ReferenceLayer layer, ReferenceStep step, double[] hidden, double[] cell, ReferenceLayer gradients)
    {
        var dx = new double[layer.InputSize];
        var dh = new double[layer.HiddenSize];
        for (var j = 0; j < layer.HiddenSize; j++)
        {
            var da = hidden[j] * slope(step.Hidden[j]);
            gradients.Bias[j] += da;
            layer.InputProductBackward(j, da, step.Input, dx, gradients);
            layer.RecurrentProductBackward(j, da, step.PreviousHidden, dh, gradients);
        }
        return (dx, dh, cell);
    }
}
