using System.Runtime.InteropServices;
using RnnLm.Networks;
using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.PyTorch;

/// <summary>Writes a network and its vocabulary as those of PyTorch's word_language_model.</summary>
internal static class PyTorchExport
{
    private const int ValuesInPiece = 1 << 18;

    public static void Write(Vocabulary vocabulary, Network network, string weightsPath, string vocabularyPath, CancellationToken cancellation, FileSystem? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(weightsPath);
        ArgumentException.ThrowIfNullOrEmpty(vocabularyPath);
        if (FileIdentity.AreSame(weightsPath, vocabularyPath))
            throw new ArgumentException($"Weights and vocabulary are both to be written to \"{weightsPath}\"; name two files.", nameof(vocabularyPath));
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Weights are written on little-endian processors only.");
        CheckCounterpart(network.Shape);
        var words = VocabularyFile.Write(vocabulary);

        // One inside the other: where either cannot be written, or it is cancelled, both paths hold what was there before.
        AtomicFile.Write(vocabularyPath, file => file.Write(words), CancellationToken.None, files, beforeRename:
            () => AtomicFile.Write(weightsPath, file => WriteWeights(network.Weights, file), cancellation, files));
    }

    private static void CheckCounterpart(NetworkShape shape)
    {
        if (shape.CellDescription.PyTorchName is null)
        {
            throw new NotSupportedException(
                $"This network cannot be exported: its cells are {shape.CellDescription.Name}, and PyTorch has {Cell.WithPyTorchName}. A network of those can be exported.");
        }
        if (shape.AdaptiveSoftmax is not null)
        {
            throw new NotSupportedException(
                "This network cannot be exported: its output layer is an adaptive softmax, and PyTorch's word_language_model has a full one. "
                + "A network trained with a full softmax can be exported.");
        }
        var projected = shape.ProjectionSize is null ? "" : "projected ";
        if (shape.ProjectionSize is not null && shape.OutputSize >= shape.HiddenSize)
        {
            throw new NotSupportedException(
                $"This network cannot be exported: its last layer projects {shape.HiddenSize} units to the size {shape.OutputSize} of the embedding, to which its output layer is "
                + "tied, and the proj_size of PyTorch's nn.LSTM is below its hidden size. Networks with a smaller embedding can be exported.");
        }
        if (shape.OutputSize == shape.OutputSizeOf(0)) return;
        throw new NotSupportedException(
            $"This network cannot be exported: its last layer has the size {shape.OutputSize} of the embedding, to which its output layer is tied, and the layers below "
            + $"have {shape.OutputSizeOf(0)}. The layers of PyTorch's nn.LSTM, nn.GRU and nn.RNN all have one {projected}hidden size. "
            + $"Networks that are not tied, or whose embedding and {projected}hidden sizes are equal, can be exported.");
    }

    private static void WriteWeights(NetworkWeights weights, Stream stream)
    {
        var stateDict = new StateDict(weights);
        stateDict.FillSecondBiases();
        var tensors = stateDict.Tensors.ToList();
        stream.Write(SafetensorsHeaderWriter.Write(
            [new("format", "pt")],
            tensors.Select(tensor => (tensor.Name, TensorEntry.Float32, tensor.Shape))));
        foreach (var tensor in tensors)
        {
            for (var start = 0; start < tensor.Values.Length; start += ValuesInPiece)
                stream.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan(start, Math.Min(ValuesInPiece, tensor.Values.Length - start))));
        }
    }
}
