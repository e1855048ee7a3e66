using System.Runtime.InteropServices;
using RnnLm.Faults;
using RnnLm.Inference;
using RnnLm.Networks;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>
/// Reads a model from a safetensors file that may be cut short, altered or made to do harm. Nothing is allocated before what is left
/// of the file has been found to warrant it.
/// </summary>
internal sealed class ModelFileReader
{
    private readonly SafetensorsReader file;
    private readonly SafetensorsHeader header;
    private readonly ModelMetadata metadata;
    private Crc32C checksum = Crc32C.Start();

    private ModelFileReader(SafetensorsReader file)
    {
        this.file = file;
        header = file.Header;
        metadata = new ModelMetadata(header);
    }

    public static ModelParts Read(Stream stream)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Model files are read on little-endian processors only.");
        WarmUp.Start();
        return new ModelFileReader(new SafetensorsReader(stream, new ModelFileFaults())).Read();
    }

    private ModelParts Read()
    {
        metadata.CheckFormat();
        var shape = metadata.ReadShape();
        var isQuantized = metadata.IsQuantized;
        CheckTensors(shape, isQuantized ? QuantizedWeights.BytesOf(shape) : shape.ParameterCount * sizeof(float));

        AppendHeader();
        var (weights, createNetwork) = isQuantized ? Prepare(new QuantizedWeights(shape)) : Prepare(new NetworkWeights(shape));
        var offsets = new int[shape.VocabularySize + 1];
        var words = new byte[header.Tensors[VocabularyTensors.Words].Length];
        ReadTensors(shape, weights, offsets, words);
        file.CheckEnd();
        CheckChecksum();
        return CreateModel(createNetwork, VocabularyTensors.Decode(offsets, words));
    }

    /// <summary>The tensors to fill, and what makes a network of them.</summary>
    private static (IEnumerable<WeightTensor> Tensors, Func<Network> Create) Prepare(NetworkWeights weights)
        => (WeightTensor.Of(weights), () => new Network(weights, Network.GreatestInputTable));

    private static (IEnumerable<WeightTensor> Tensors, Func<Network> Create) Prepare(QuantizedWeights weights)
        => (WeightTensor.Of(weights), () => new Network(weights));

    /// <summary>Compares the totals, so that weights of this shape can be allocated; each tensor is compared when it is read.</summary>
    private void CheckTensors(NetworkShape shape, long expectedBytes)
    {
        CheckTensor(Tensor(VocabularyTensors.Offsets), TensorEntry.Int32, [shape.VocabularySize + 1L]);
        var words = Tensor(VocabularyTensors.Words);
        CheckTensor(words, TensorEntry.UInt8, [words.Length]);
        if (words.Length > Array.MaxLength) throw new ModelFormatException($"The words of the vocabulary have {words.Length} bytes; {Array.MaxLength} is the most.");

        var weightBytes = header.DataLength - words.Length - Tensor(VocabularyTensors.Offsets).Length;
        if (weightBytes != expectedBytes)
            throw new ModelFormatException($"The weights have {weightBytes} bytes; a model of this shape has {expectedBytes}: {shape}.");
    }

    private static void CheckTensor(TensorEntry tensor, string type, long[] shape)
    {
        if (tensor.Type != type) throw new ModelFormatException($"The tensor {Quotation.Of(tensor.Name)} is of the type {tensor.Type}; it must be {type}.");
        if (!tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new ModelFormatException($"The tensor {Quotation.Of(tensor.Name)} has the shape {tensor.ShapeText}; it must be {TensorEntry.ShapeTextOf(shape)}.");
    }

    private void ReadTensors(NetworkShape shape, IEnumerable<WeightTensor> weights, int[] offsets, byte[] words)
    {
        var weightTensors = weights.ToDictionary(tensor => tensor.Name);
        foreach (var tensor in weightTensors.Values) CheckTensor(Tensor(tensor.Name), tensor.Type, [.. tensor.Shape]);
        foreach (var tensor in header.TensorsInFile)
        {
            if (tensor.Name == VocabularyTensors.Offsets)
            {
                ReadExactly(MemoryMarshal.AsBytes(offsets.AsSpan()));
            }
            else if (tensor.Name == VocabularyTensors.Words)
            {
                ReadExactly(words);
            }
            else if (weightTensors.TryGetValue(tensor.Name, out var weightTensor))
            {
                weightTensor.Read(ReadExactly);
            }
            else
            {
                throw new ModelFormatException($"The file has a tensor {Quotation.Of(tensor.Name)}, which a model of this shape lacks: {shape}.");
            }
        }
    }

    private TensorEntry Tensor(string name) => header.Tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new ModelFormatException($"The file lacks the tensor {Quotation.Of(name)}.");

    private void ReadExactly(Span<byte> destination)
    {
        file.ReadExactly(destination);
        checksum.Append(destination);
    }

    /// <summary>Appends the header to the checksum, with the checksum's own digits as zeros.</summary>
    private void AppendHeader()
    {
        if (metadata.Checksum?.Length == ModelMetadata.NoChecksum.Length)
            file.HeaderBytes.AsSpan(ModelFile.ChecksumPlace(header), ModelMetadata.NoChecksum.Length).Fill((byte)'0');
        checksum.Append(file.HeaderBytes);
    }

    private void CheckChecksum()
    {
        if (metadata.Checksum is not { } expected) return;
        if (checksum.ToString() != expected)
            throw new ModelFormatException($"The file has been altered or damaged: its checksum is {checksum}, and {expected} when it was written.");
    }

    private ModelParts CreateModel(Func<Network> createNetwork, string[] words)
    {
        try
        {
            var tokenizer = Tokenizer.Create(metadata.Tokenizer);
            var vocabulary = new Vocabulary(words);
            var training = metadata.Training;
            return new ModelParts(tokenizer, vocabulary, createNetwork(), training);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException and not ModelFormatException)
        {
            throw new ModelFormatException(exception.Message.Split(" (NetworkParameter '")[0], exception);
        }
    }
}
