using RnnLm.Numerics;

namespace RnnLm.Networks;

/// <summary>One learned matrix of a network in 8-bit integers with a scale for each row.</summary>
/// <param name="name">The matrix's name in a model file, such as <c>layers.0.input</c>.</param>
/// <param name="rows">The number of rows; each makes one output.</param>
/// <param name="columns">The number of columns.</param>
internal sealed class QuantizedParameter(string name, int rows, int columns)
{
    /// <summary>The matrix's name in a model file.</summary>
    public string Name { get; } = name;

    /// <summary>The integers and the scales.</summary>
    public QuantizedPanels Panels { get; } = new(rows, columns);

    /// <summary>Rounds the values of a parameter of this name and shape.</summary>
    public static QuantizedParameter Of(Parameter parameter)
    {
        var quantized = new QuantizedParameter(parameter.Name, parameter.Rows, parameter.Columns);
        for (var row = 0; row < parameter.Rows; row++) quantized.Panels.Quantize(row, RowOf(parameter, row));
        return quantized;
    }

    /// <summary>Writes the values to a parameter of the same shape.</summary>
    public void CopyTo(Parameter parameter)
    {
        for (var row = 0; row < parameter.Rows; row++) Panels.Dequantize(row, RowOf(parameter, row));
    }

    private static Span<float> RowOf(Parameter parameter, int row) => parameter.Values.AsSpan(row * parameter.Columns, parameter.Columns);
}
