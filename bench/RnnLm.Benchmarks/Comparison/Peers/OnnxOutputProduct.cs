namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>The operator by which a graph for ONNX Runtime multiplies in its output layer.</summary>
enum OnnxOutputProduct
{
    /// <summary>In single precision, as the layers below are then.</summary>
    Gemm,

    /// <summary>In 8 bit, after layers of <c>DynamicQuantizeLSTM</c>.</summary>
    DynamicQuantizeMatMul,

    /// <summary>In 8 bit, with rows cut into blocks, after layers of <c>DynamicQuantizeLSTM</c>.</summary>
    MatMulNBits,
}
