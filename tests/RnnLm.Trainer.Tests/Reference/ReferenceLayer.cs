namespace RnnLm.Training.Tests.Reference;

/// <summary>One recurrent layer's weights, or their gradients; rows are outputs, gate after gate.</summary>
internal sealed record ReferenceLayer(
    int InputSize, int HiddenSize, int OutputSize, double[] Input, double[] Recurrent, double[] Bias, double[] RecurrentBias, double[] Projection)
{
    /// <summary>What is handed on and fed back of what the cell makes: the projection of it, or itself.</summary>
    public double[] Project(double[] hidden)
    {
        if (Projection.Length == 0) return hidden;
        var output = new double[OutputSize];
        for (var row = 0; row < OutputSize; row++)
            for (var j = 0; j < HiddenSize; j++) output[row] += Projection[row * HiddenSize + j] * hidden[j];
        return output;
    }

    /// <summary>Takes the gradient of <see cref="Project"/> back to the matrix and to what the cell made.</summary>
    public double[] ProjectBackward(double[] gradient, double[] hidden, ReferenceLayer gradients)
    {
        if (Projection.Length == 0) return gradient;
        var dh = new double[HiddenSize];
        for (var row = 0; row < OutputSize; row++)
        {
            for (var j = 0; j < HiddenSize; j++)
            {
                gradients.Projection[row * HiddenSize + j] += gradient[row] * hidden[j];
                dh[j] += gradient[row] * Projection[row * HiddenSize + j];
            }
        }
        return dh;
    }

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
        for (var i = 0; i < OutputSize; i++) sum += Recurrent[row * OutputSize + i] * h[i];
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
        for (var i = 0; i < OutputSize; i++)
        {
            gradients.Recurrent[row * OutputSize + i] += gradient * h[i];
            dh[i] += gradient * Recurrent[row * OutputSize + i];
        }
    }
}
