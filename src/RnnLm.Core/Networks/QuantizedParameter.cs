using RnnLm.Numerics;

namespace RnnLm.Networks;

/// <summary>One learned matrix of a network in 8-bit integers with a scale for each row.</summary>
/// <param name="shape">The matrix's name and sizes.</param>
internal sealed class QuantizedParameter(TensorShape shape)
{
    /// <summary>The matrix's name in a model file.</summary>
    public string Name { get; } = shape.Name;

    /// <summary>The integers and the scales.</summary>
    public QuantizedPanels Panels { get; } = new(shape.Rows, shape.Columns);

    /// <summary>Rounds the values of a parameter of this name and shape.</summary>
    public static QuantizedParameter Of(NetworkParameter parameter)
    {
        var quantized = new QuantizedParameter(new TensorShape(parameter.Name, parameter.Rows, parameter.Columns));
        for (var row = 0; row < parameter.Rows; row++) quantized.Panels.Quantize(row, parameter.Matrix.Row(row));
        return quantized;
    }

    /// <summary>Writes the values to a parameter of the same shape.</summary>
    public void CopyTo(NetworkParameter parameter)
    {
        for (var row = 0; row < parameter.Rows; row++) Panels.Dequantize(row, parameter.Matrix.Row(row));
    }
}
