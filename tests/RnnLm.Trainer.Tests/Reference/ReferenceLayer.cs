namespace RnnLm.Training.Tests.Reference;

/// <summary>One recurrent layer's weights, or their gradients; rows are outputs, gate after gate.</summary>
internal sealed record ReferenceLayer(
    int InputSize, int HiddenSize, double[] Input, double[] Recurrent, double[] Bias, double[] RecurrentBias)
{
    /// <summary>Row <paramref name="row"/> of the input matrix times <paramref name="x"/>.</summary>
    public double InputProduct(int row, double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < InputSize; i++) sum += Input[row * InputSize + i] * x[i];
        return sum;
    }

    /// <summary>Row <paramref name="row"/> of the recurrent matrix times <paramref name="h"/>.</summary>
    public double RecurrentProduct(int row, double[] h)
    {
        var sum = 0.0;
        for (var i = 0; i < HiddenSize; i++) sum += Recurrent[row * HiddenSize + i] * h[i];
        return sum;
    }

    /// <summary>Takes the gradient of a row's input product back to the matrix and to <paramref name="x"/>.</summary>
    public void InputProductBackward(int row, double gradient, double[] x, double[] dx, ReferenceLayer gradients)
    {
        for (var i = 0; i < InputSize; i++)
        {
            gradients.Input[row * InputSize + i] += gradient * x[i];
            dx[i] += gradient * Input[row * InputSize + i];
        }
    }

    /// <summary>Takes the gradient of a row's recurrent product back to the matrix and to <paramref name="h"/>.</summary>
    public void RecurrentProductBackward(int row, double gradient, double[] h, double[] dh, ReferenceLayer gradients)
    {
        for (var i = 0; i < HiddenSize; i++)
        {
            gradients.Recurrent[row * HiddenSize + i] += gradient * h[i];
            dh[i] += gradient * Recurrent[row * HiddenSize + i];
        }
    }
}
