using System.Runtime.InteropServices;
using RnnLm.Faults;
using RnnLm.Inference;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>
/// Reads a model from a safetensors file that may be cut short, altered or made to do harm. Nothing is allocated before what is left
/// of the file has been found to warrant it.
/// </summary>
internal sealed class ModelFileReader
{
    private const int BytesInPiece = 1 << 16;
    private const int OffsetsInPiece = BytesInPiece / sizeof(int);

    private readonly SafetensorsReader file;
    private readonly SafetensorsHeader header;
    private readonly ModelMetadata metadata;
    private Crc32C checksum;

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
        var memberWeights = metadata.MemberWeights;
        NetworkSection[] networks = memberWeights.Count == 0
            ? [new(metadata, "")]
            : [.. memberWeights.Select((_, index) => new NetworkSection(metadata.Member(index), ModelMetadata.PrefixOfMember(index)))];
        // Every layer has tensors of its own; this keeps sums over all layers of all members short.
        if (networks.Sum(network => (long)network.Shape.Layers) > header.Tensors.Count)
            throw new ModelFormatException($"The members of the ensemble are to have more layers than the file has tensors, which are {header.Tensors.Count}.");
        if (memberWeights.Count > 0 && metadata.Cache is not null) throw new ModelFormatException("The file has a cache for an ensemble; the members of an ensemble have caches.");
        var vocabularySize = networks[0].Shape.VocabularySize;
        if (Array.Find(networks, network => network.Shape.VocabularySize != vocabularySize) is { } other)
            throw new ModelFormatException($"A member of the ensemble has {other.Shape.VocabularySize} words and the first {vocabularySize}; they must have the same.");
        var nGram = NGramSection.Find(header, metadata, "", vocabularySize);
        NGramSection?[] nGramsOfMembers =
            [.. memberWeights.Select((_, index) => NGramSection.Find(header, metadata.Member(index), ModelMetadata.PrefixOfMember(index), vocabularySize))];
        WeightTensor[] nGramTensors = [.. nGramsOfMembers.Append(nGram).OfType<NGramSection>().SelectMany(section => section.Tensors)];
        var adaptation = metadata.DynamicEvaluation;
        var scales = adaptation is null || memberWeights.Count > 0 ? null : ScalesSection.Find(header, networks[0].Shape);
        WeightTensor[] additions = scales is null ? nGramTensors : [.. nGramTensors, scales.Tensor];
        CheckTensors(networks, additions);
        // What is small and tells a model from anything else comes before the weights, for which there may have to be gigabytes.
        var tokenizer = Checked(() => Tokenizer.Create(metadata.Tokenizer));
        TrainingRecord[] trainings = [.. networks.Select(network => network.Metadata.Training)];
        NeuralCache?[] caches = [.. networks.Select(network => network.Metadata.Cache)];
        var (offsets, words) = ReadVocabulary(vocabularySize);
        var vocabulary = Checked(() => new Vocabulary(VocabularyTensors.Decode(offsets, words)));

        CheckTogether(tokenizer, vocabulary);

        checksum = FileChecksum.Begin(file.HeaderBytes, header);
        var prepared = Array.ConvertAll(networks, network => network.Prepare());
        ReadTensors(prepared.SelectMany(network => network.Tensors).Concat(additions.Select(tensor => (tensor.Name, tensor))), offsets, words);
        file.CheckEnd();
        FileChecksum.Check(checksum, header);
        if (scales is not null) adaptation = adaptation! with { Scales = Checked(scales.Create) };
        ModelParts[] models =
        [
            .. prepared.Select((network, index) => new ModelParts(tokenizer, vocabulary, Checked(network.Create), trainings[index]) { Cache = caches[index] }),
        ];
        if (memberWeights.Count == 0) return models[0] with { NGram = Part(nGram), DynamicEvaluation = adaptation };
        return models[0] with
        {
            Cache = null,
            NGram = Part(nGram),
            DynamicEvaluation = adaptation,
            Members = [.. models.Select((model, index) => new ModelMember(model with { NGram = Part(nGramsOfMembers[index]) }, memberWeights[index]))],
        };

        NGramPart? Part(NGramSection? section) => section is null ? null : Checked(() => section.Create(vocabulary));
    }

    /// <summary>Compares what the header says with what a model of these shapes has, so that its weights can be allocated.</summary>
    private void CheckTensors(NetworkSection[] networks, WeightTensor[] additions)
    {
        CheckTensor(Tensor(VocabularyTensors.Offsets), TensorEntry.Int32, [networks[0].Shape.VocabularySize + 1L]);
        var words = Tensor(VocabularyTensors.Words);
        CheckTensor(words, TensorEntry.UInt8, [words.Length]);
        if (words.Length > Array.MaxLength) throw new ModelFormatException($"The words of the vocabulary have {words.Length} bytes; {Array.MaxLength} is the most.");

        var shapes = string.Join("; ", networks.Select(network => network.Shape));
        var expectedBytes = networks.Sum(network => network.Bytes);
        var weightBytes = header.DataLength - words.Length - Tensor(VocabularyTensors.Offsets).Length - additions.Sum(tensor => Tensor(tensor.Name).Length);
        if (weightBytes != expectedBytes)
            throw new ModelFormatException($"The weights have {weightBytes} bytes; a model of this shape has {expectedBytes}: {shapes}.");

        HashSet<string> known = [VocabularyTensors.Offsets, VocabularyTensors.Words, .. additions.Select(tensor => tensor.Name)];
        foreach (var tensor in networks.SelectMany(network => network.Tensors))
        {
            CheckTensor(Tensor(tensor.Name), tensor.Type, tensor.Shape);
            known.Add(tensor.Name);
        }
        if (header.TensorsInFile.FirstOrDefault(tensor => !known.Contains(tensor.Name)) is { } more)
            throw new ModelFormatException($"The file has a tensor {Quotation.Of(more.Name)}, which a model of this shape lacks: {shapes}.");
    }

    /// <summary>Throws where a tensor is not of a type and a shape.</summary>
    public static void CheckTensor(TensorEntry tensor, string type, long[] shape)
    {
        tensor.RequireType(type);
        if (!tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new ModelFormatException($"The tensor {Quotation.Of(tensor.Name)} has the shape {tensor.ShapeText}; it must be {TensorEntry.ShapeTextOf(shape)}.");
    }

    /// <summary>Reads where the words begin, and the words. Nothing is allocated before what is there has been found to be offsets.</summary>
    private (int[] Offsets, byte[] Words) ReadVocabulary(int size)
    {
        var (places, length) = (Tensor(VocabularyTensors.Offsets), Tensor(VocabularyTensors.Words).Length);
        var piece = new int[Math.Min(OffsetsInPiece, size + 1)];
        int Offset(int id)
        {
            ReadAhead(places, id, piece.AsSpan(0, 1));
            return piece[0];
        }
        VocabularyTensors.CheckEnds(Offset(0), Offset(size), length);
        // A piece begins with the offset that the one before ended with.
        for (var first = 0; first < size; first += piece.Length - 1)
        {
            var some = piece.AsSpan(0, Math.Min(piece.Length, size + 1 - first));
            ReadAhead(places, first, some);
            VocabularyTensors.Check(some, first, length);
        }

        var offsets = new int[size + 1];
        ReadAhead(places, 0, offsets);
        var words = new byte[length];
        file.ReadAhead(Tensor(VocabularyTensors.Words), 0, words);
        return (offsets, words);

        void ReadAhead(TensorEntry tensor, int index, Span<int> values) => file.ReadAhead(tensor, sizeof(int) * (long)index, MemoryMarshal.AsBytes(values));
    }

    private void ReadTensors(IEnumerable<(string Name, WeightTensor Tensor)> weights, int[] offsets, byte[] words)
    {
        var weightTensors = weights.ToDictionary(weight => weight.Name, weight => weight.Tensor);
        foreach (var tensor in header.TensorsInFile)
        {
            if (tensor.Name == VocabularyTensors.Offsets) ReadAgain(MemoryMarshal.AsBytes(offsets.AsSpan()));
            else if (tensor.Name == VocabularyTensors.Words) ReadAgain(words);
            else weightTensors[tensor.Name].Read(ReadExactly);
        }
    }

    /// <summary>Reads what has been read ahead, for the checksum.</summary>
    private void ReadAgain(ReadOnlySpan<byte> expected)
    {
        var buffer = new byte[Math.Min(BytesInPiece, expected.Length)];
        for (int count; expected.Length > 0; expected = expected[count..])
        {
            count = Math.Min(buffer.Length, expected.Length);
            var piece = buffer.AsSpan(0, count);
            ReadExactly(piece);
            if (!piece.SequenceEqual(expected[..count])) throw new ModelFormatException("The file was altered while it was being read.");
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

    /// <summary>Throws where a vocabulary lacks what a tokenizer makes of text.</summary>
    internal static void CheckTogether(Tokenizer tokenizer, Vocabulary vocabulary) => Checked(() =>
    {
        tokenizer.CheckGoesWith(vocabulary);
        return vocabulary;
    });

    /// <summary>Makes something of what the file says; where that cannot be, the file is at fault.</summary>
    internal static T Checked<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException and not ModelFormatException)
        {
            throw new ModelFormatException(exception.Message.Split(" (NetworkParameter '")[0], exception);
        }
    }
}
