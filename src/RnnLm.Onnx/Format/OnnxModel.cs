using RnnLm.Onnx.Protobuf;

namespace RnnLm.Onnx.Format;

/// <summary>What an ONNX file holds.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="ProducerVersion">The version of what wrote it.</param>
/// <param name="Documentation">What it is, for people to read.</param>
/// <param name="Metadata">What else is known of it, by name.</param>
internal sealed record OnnxModel(OnnxGraph Graph, string ProducerVersion, string Documentation, IReadOnlyList<(string Key, string Value)> Metadata)
{
    /// <summary>The version of ONNX's operators whose meaning they have in the graph; ONNX 1.8 brought it.</summary>
    public const int OperatorSet = 13;

    private const int FormatVersion = 7; // that of ONNX 1.8, too
    private const string ProducerName = "RnnLm.Onnx";

    /// <summary>The number of bytes of the file.</summary>
    public long Size => FieldSizes.Of(Describe);

    /// <summary>Writes the file.</summary>
    public void Write(Stream stream) => FieldOutput.Write(stream, Describe);

    private void Describe(IFieldWriter fields)
    {
        fields.Integer(1, FormatVersion);
        fields.Text(2, ProducerName);
        fields.Text(3, ProducerVersion);
        fields.Text(6, Documentation);
        fields.Message(7, Graph.Describe);
        fields.Message(8, operators =>
        {
            operators.Text(1, "");
            operators.Integer(2, OperatorSet);
        });
        foreach (var (key, value) in Metadata)
        {
            fields.Message(14, entry =>
            {
                entry.Text(1, key);
                entry.Text(2, value);
            });
        }
    }
}
