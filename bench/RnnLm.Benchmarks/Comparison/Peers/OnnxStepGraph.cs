using RnnLm.Networks;
using RnnLm.Onnx.Format;
using RnnLm.Onnx.Layers;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>
/// One step of an LSTM network for one text, as ONNX Runtime has it at its fastest: an operator for the embedding, one for each layer, one for the output layer,
/// and a softmax. An exported graph, which is for any number of words and texts, has others between them. Its inputs and outputs have the same names.
/// </summary>
/// <remarks>
/// In 8 bit the operators round vectors to bytes by themselves; weights are signed and have a scale for each column. Rows of the embedding are in single precision.
/// </remarks>
sealed class OnnxStepGraph
{
    // With 7 bits sums of two products fit into 16, in which processors without VNNI add them up.
    private const int GreatestLevel = 63;
    private const int GreatestBlockLevel = 127;
    private const int BlockSize = 256; // the greatest there is, and the fastest
    private const int BlockZeroPoint = 128;
    private const float Least = 1e-30f; // rows of smaller weights are zeros

    // i f g o become i o f g.
    private static readonly RecurrentOperator Lstm = new("LSTM", [new(0), new(3), new(1), new(2)]);

    private readonly OnnxPeerFile file = new();
    private readonly NetworkTensors<NetworkParameter, NetworkParameter> tensors;
    private readonly OnnxOutputProduct product;

    private OnnxStepGraph(NetworkWeights weights, OnnxOutputProduct product) => (tensors, this.product) = (weights.Tensors, product);

    /// <summary>The file of a network's graph.</summary>
    public static byte[] FileOf(NetworkWeights weights, OnnxOutputProduct product)
    {
        var graph = new OnnxStepGraph(weights, product);
        graph.Add();
        return graph.file.ToArray();
    }

    private void Add()
    {
        file.Input(new OnnxValue("words", OnnxElementType.Int64, 1, 1));
        file.Apply("", "Gather", [Matrix(tensors.Embedding), "words"], ["embedded"]); // [1, 1, embedding]
        var hidden = "embedded";
        for (var layer = 0; layer < tensors.Layers.Count; layer++) hidden = AddLayer(layer, hidden);
        file.Apply("", "Squeeze", [hidden, file.Constant(OnnxTensor.Of("first_axis", [0L]))], ["last"]); // [1, hidden]
        AddLogits();
        file.Apply("", "LogSoftmax", ["logits"], ["log_probabilities"], OnnxAttribute.Of("axis", 1));
        file.Output(new OnnxValue("log_probabilities", OnnxElementType.Single, 1, tensors.OutputBias.Rows));
    }

    /// <param name="index">The layer's number.</param>
    /// <param name="below">What it is given: <c>[1, 1, input]</c>.</param>
    /// <returns>Its hidden state: <c>[1, 1, hidden]</c>.</returns>
    private string AddLayer(int index, string below)
    {
        var layer = tensors.Layers[index];
        var units = layer.Recurrent.Columns;
        foreach (var state in (string[])[$"h{index}", $"c{index}"])
        {
            file.Input(new OnnxValue(state, OnnxElementType.Single, 1, 1, units));
            file.Output(new OnnxValue($"next_{state}", OnnxElementType.Single, 1, 1, units));
        }
        string[] states = ["", $"h{index}", $"c{index}"];
        string[] made = ["", $"next_h{index}", $"next_c{index}"];
        var bias = file.Constant(Lstm.ArrangeBiases("", layer.Bias, null, units));
        if (product == OnnxOutputProduct.Gemm)
        {
            var (input, recurrent) = (file.Constant(Lstm.Arrange("", layer.Input, units)), file.Constant(Lstm.Arrange("", layer.Recurrent, units)));
            file.Apply("", "LSTM", [below, input, recurrent, bias, .. states], made, OnnxAttribute.Of("hidden_size", units));
        }
        else
        {
            int[] order = [.. Lstm.Gates.SelectMany(gate => Enumerable.Range(gate.Gate * units, units))];
            var (input, recurrent) = (Columns(layer.Input, order, 1), Columns(layer.Recurrent, order, 1));
            file.Apply(OnnxPeerFile.OnnxRuntime, "DynamicQuantizeLSTM",
                [below, input[0], recurrent[0], bias, .. states, "", .. input[1..], .. recurrent[1..]], made, OnnxAttribute.Of("hidden_size", units));
        }
        return $"next_h{index}";
    }

    private void AddLogits()
    {
        var (output, bias) = (tensors.Output, file.Constant(OnnxTensor.Of(tensors.OutputBias.Name, [tensors.OutputBias.Rows], tensors.OutputBias.Values)));
        switch (product)
        {
            case OnnxOutputProduct.Gemm:
                file.Apply("", "Gemm", ["last", Matrix(output), bias], ["logits"], OnnxAttribute.Of("transB", 1));
                break;
            case OnnxOutputProduct.DynamicQuantizeMatMul:
                file.Apply(OnnxPeerFile.OnnxRuntime, "DynamicQuantizeMatMul", ["last", .. Columns(output, [.. Enumerable.Range(0, output.Rows)]), bias], ["logits"]);
                break;
            default:
                file.Apply(OnnxPeerFile.OnnxRuntime, "MatMulNBits", ["last", .. Blocks(output), "", "", bias], ["logits"],
                    OnnxAttribute.Of("K", output.Columns), OnnxAttribute.Of("N", output.Rows), OnnxAttribute.Of("bits", 8L),
                    OnnxAttribute.Of("block_size", BlockSize), OnnxAttribute.Of("accuracy_level", 4L)); // 4: vectors of bytes
                break;
        }
    }

    private string Matrix(NetworkParameter matrix) => file.Constant(OnnxTensor.Of(matrix.Name, [matrix.Rows, matrix.Columns], matrix.Values));

    /// <summary>Adds a matrix of 8 bits, its rows as columns.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="order">The order of its rows.</param>
    /// <param name="directions">The sizes before its own.</param>
    /// <returns>The matrix, its scales and its zero points.</returns>
    private string[] Columns(NetworkParameter matrix, int[] order, params int[] directions)
    {
        var levels = new sbyte[matrix.Values.Length];
        var scales = new float[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var row = matrix.Matrix.Row(order[i]);
            scales[i] = ScaleOf(row, GreatestLevel);
            for (var column = 0; column < row.Length; column++) levels[(column * order.Length) + i] = (sbyte)MathF.Round(row[column] / scales[i]);
        }
        return
        [
            file.Constant($"{matrix.Name}.levels", [.. directions, matrix.Columns, order.Length], levels),
            file.Constant(OnnxTensor.Of($"{matrix.Name}.scales", [.. directions, order.Length], scales)),
            file.Constant($"{matrix.Name}.zero_points", [.. directions, order.Length], new sbyte[order.Length]),
        ];
    }

    /// <summary>Adds a matrix of 8 bits, its rows cut into blocks.</summary>
    /// <returns>The matrix and its scales.</returns>
    private string[] Blocks(NetworkParameter matrix)
    {
        var blocks = (matrix.Columns + BlockSize - 1) / BlockSize;
        var levels = new byte[matrix.Rows * blocks * BlockSize];
        var scales = new float[matrix.Rows * blocks];
        Array.Fill(levels, (byte)BlockZeroPoint);
        for (var index = 0; index < matrix.Rows; index++)
        {
            var row = matrix.Matrix.Row(index);
            var scale = ScaleOf(row, GreatestBlockLevel);
            scales.AsSpan(index * blocks, blocks).Fill(scale);
            for (var column = 0; column < row.Length; column++) levels[(index * blocks * BlockSize) + column] = (byte)(BlockZeroPoint + MathF.Round(row[column] / scale));
        }
        return
        [
            file.Constant(new OnnxTensor($"{matrix.Name}.blocks", OnnxElementType.Byte, [matrix.Rows, blocks, BlockSize], stream => stream.Write(levels))),
            file.Constant(OnnxTensor.Of($"{matrix.Name}.scales", [scales.Length], scales)),
        ];
    }

    private static float ScaleOf(ReadOnlySpan<float> row, int greatestLevel)
    {
        var greatest = 0f;
        foreach (var weight in row) greatest = Math.Max(greatest, Math.Abs(weight));
        return Math.Max(greatest, Least) / greatestLevel;
    }
}
