using RnnLm.Onnx.Format;

namespace RnnLm.Onnx.Layers;

/// <summary>Which gate of a model's cell a gate of an operator is.</summary>
/// <param name="Gate">The gate's place in the model.</param>
/// <param name="IsNegated">Whether its weights have the other sign.</param>
internal readonly record struct OperatorGate(int Gate, bool IsNegated = false);

/// <summary>One of ONNX's recurrent operators, and how the weights of a cell become its.</summary>
/// <param name="Operation">The operator's name.</param>
/// <param name="Gates">Its gates, in its order.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record RecurrentOperator(string Operation, IReadOnlyList<OperatorGate> Gates, params OnnxAttribute[] Attributes)
{
    /// <summary>A matrix of all gates in the operator's order: <c>[1, gates * hidden, columns]</c>, of which 1 is the number of directions.</summary>
    /// <param name="name">What the name of the constant begins with.</param>
    /// <param name="matrix">The model's: <c>[gates * hidden, columns]</c>.</param>
    /// <param name="units">The number of units, the size of each gate.</param>
    public OnnxTensor Arrange(string name, NetworkParameter matrix, int units)
        => new($"{name}{matrix.Name}", OnnxElementType.Single, [1, Gates.Count * units, matrix.Columns], stream => WriteGates(stream, matrix, units));

    /// <summary>The biases of all gates in the operator's order, and after them those of what comes from the state: <c>[1, 2 * gates * hidden]</c>.</summary>
    /// <param name="name">What the name of the constant begins with.</param>
    /// <param name="bias">The model's: <c>[gates * hidden]</c>.</param>
    /// <param name="recurrentBias">A GRU's bias inside the reset gate's product, which is that of the last gate: <c>[hidden]</c>; null of other cells.</param>
    /// <param name="units">The number of units, the size of each gate.</param>
    public OnnxTensor ArrangeBiases(string name, NetworkParameter bias, NetworkParameter? recurrentBias, int units)
        => new($"{name}{bias.Name}", OnnxElementType.Single, [1, 2 * Gates.Count * units], stream =>
        {
            WriteGates(stream, bias, units);
            OnnxTensor.WriteAll<float>(stream, new float[(Gates.Count - 1) * units]);
            OnnxTensor.WriteAll<float>(stream, recurrentBias?.Values ?? new float[units]);
        });

    private void WriteGates(Stream stream, NetworkParameter parameter, int units)
    {
        var size = units * parameter.Columns;
        foreach (var (gate, isNegated) in Gates)
        {
            var values = parameter.Values.AsSpan(gate * size, size);
            OnnxTensor.WriteAll<float>(stream, isNegated ? Negated(values) : values);
        }
    }

    private static float[] Negated(ReadOnlySpan<float> values)
    {
        var negated = new float[values.Length];
        for (var i = 0; i < negated.Length; i++) negated[i] = -values[i];
        return negated;
    }
}
