using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using RnnLm.Inference;
using RnnLm.Networks;

namespace RnnLm.Persistence;

/// <summary>
/// Reads a model from a safetensors file that may be cut short, altered or made to do harm. Nothing is allocated before what is left
/// of the file has been found to warrant it.
/// </summary>
internal sealed class ModelFileReader
{
    private const string NotAModelFile = "This is not a model file";
    private const string GoesOn = "The file goes on after its last tensor; it has been altered.";

    private readonly Stream source;
    private Stream stream;
    private Crc32C checksum = Crc32C.Start();

    public ModelFileReader(Stream stream)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Model files are read on little-endian processors only.");
        source = this.stream = stream;
    }

    public LanguageModel Read()
    {
        WarmUp.Start();
        var header = ReadHeader();
        CheckFormat(header);
        var shape = ReadShape(header);
        var isQuantized = IsQuantized(header);
        CheckTensors(header, shape, isQuantized ? QuantizedWeights.BytesOf(shape) : shape.ParameterCount * sizeof(float));

        var (weights, createNetwork) = isQuantized ? Prepare(new QuantizedWeights(shape)) : Prepare(new NetworkWeights(shape));
        var offsets = new int[shape.VocabularySize + 1];
        var words = new byte[header.Tensors[ModelFile.WordsTensor].Length];
        ReadTensors(header, shape, weights, offsets, words);
        if (!source.CanSeek && source.ReadByte() >= 0) throw new ModelFormatException(GoesOn);
        CheckChecksum(header);
        return CreateModel(header, createNetwork, DecodeWords(offsets, words));
    }

    /// <summary>The tensors to fill, and what makes a network of them.</summary>
    private static (IEnumerable<WeightTensor> Tensors, Func<Network> Create) Prepare(NetworkWeights weights)
        => (WeightTensor.Of(weights), () => new Network(weights, Network.GreatestInputTable));

    private static (IEnumerable<WeightTensor> Tensors, Func<Network> Create) Prepare(QuantizedWeights weights)
        => (WeightTensor.Of(weights), () => new Network(weights));

    /// <summary>
    /// How many bytes are there to be read. A stream that does not say how long it is shows it: so many bytes of it as are wanted are
    /// read into memory.
    /// </summary>
    private long Available(long wanted)
    {
        if (source.CanSeek) return source.Length - source.Position;
        stream = new ChunkedStream(source, wanted);
        return stream.Length;
    }

    private SafetensorsHeader ReadHeader()
    {
        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        var remaining = Available(lengthBytes.Length);
        if (remaining < lengthBytes.Length)
            throw new ModelFormatException($"{NotAModelFile}, or it is cut short: it has {remaining} bytes, fewer than the {lengthBytes.Length} a model file begins with.");
        ReadExactly(lengthBytes);
        if (lengthBytes.StartsWith("PK"u8))
            throw new ModelFormatException($"{NotAModelFile} but a zip archive; where ML.NET has saved it, let ML.NET load it.");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > SafetensorsHeader.MaximumLength)
            throw new ModelFormatException($"{NotAModelFile}: its header would be {length} bytes long; {SafetensorsHeader.MaximumLength} is the most.");
        remaining = Available((long)length);
        if ((long)length > remaining)
            throw new ModelFormatException($"The file is cut short, or it is no model file: its header is to be {length} bytes long, and {remaining} bytes follow.");

        var json = new byte[length];
        ReadExactly(json, isCounted: false);
        if (json.Length == 0 || json[0] != '{') throw new ModelFormatException($"{NotAModelFile}: it does not begin with a safetensors header.");
        var header = SafetensorsHeader.Parse(json, ModelFile.ChecksumKey);
        AppendWithoutChecksum(header, json);

        remaining = Available(header.DataLength);
        if (header.DataLength > remaining)
            throw new ModelFormatException($"The file is cut short: its tensors are {header.DataLength} bytes long, and {remaining} bytes are left.");
        if (header.DataLength < remaining) throw new ModelFormatException(GoesOn);
        return header;
    }

    private void AppendWithoutChecksum(SafetensorsHeader header, byte[] json)
    {
        if (header.ChecksumStart >= 0 && header.Metadata[ModelFile.ChecksumKey].Length == ModelFile.NoChecksum.Length)
            json.AsSpan(header.ChecksumStart, ModelFile.NoChecksum.Length).Fill((byte)'0');
        checksum.Append(json);
    }

    private static void CheckFormat(SafetensorsHeader header)
    {
        if (!header.Metadata.TryGetValue(ModelFile.FormatKey, out var format) || format != ModelFile.Format)
            throw new ModelFormatException($"This is a safetensors file but not a language model: its metadata lack \"{ModelFile.FormatKey}\": \"{ModelFile.Format}\".");
        var version = Number(header, ModelFile.VersionKey);
        if (version > ModelFile.NewestVersion)
            throw new ModelFormatException($"The file was written by a newer version: it has format version {version}; this program reads up to {ModelFile.NewestVersion}.");
    }

    private static bool IsQuantized(SafetensorsHeader header)
    {
        if (!header.Metadata.TryGetValue(ModelFile.PrecisionKey, out var precision)) return false;
        if (precision != ModelFile.QuantizedPrecision)
            throw new ModelFormatException($"\"{ModelFile.PrecisionKey}\" is \"{precision}\"; it must be {ModelFile.QuantizedPrecision}, or not be there where weights are 32-bit floating point.");
        return true;
    }

    private static NetworkShape ReadShape(SafetensorsHeader header)
    {
        var cellName = Value(header, ModelFile.CellKey);
        var cell = Cell.All.FirstOrDefault(cell => cell.Name == cellName)
            ?? throw new ModelFormatException($"\"{ModelFile.CellKey}\" is \"{cellName}\"; it must be one of {string.Join(", ", Cell.All.Select(cell => cell.Name))}.");
        var tied = Value(header, ModelFile.TiedKey);
        if (tied is not ("true" or "false")) throw new ModelFormatException($"\"{ModelFile.TiedKey}\" is \"{tied}\"; it must be true or false.");
        var shape = new NetworkShape
        {
            Cell = cell.Kind,
            VocabularySize = Number(header, ModelFile.VocabularySizeKey),
            EmbeddingSize = Number(header, ModelFile.EmbeddingSizeKey),
            HiddenSize = Number(header, ModelFile.HiddenSizeKey),
            Layers = Number(header, ModelFile.LayersKey),
            Tied = tied == "true",
            AdaptiveSoftmax = ReadAdaptiveSoftmax(header),
        };
        // Every layer has tensors of its own; this keeps the sums below short and small.
        if (shape.Layers > header.Tensors.Count)
            throw new ModelFormatException($"The model is to have {shape.Layers} layers; the file has only {header.Tensors.Count} tensors.");
        try
        {
            shape.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new ModelFormatException($"The model's shape is not possible: {exception.Message}", exception);
        }
        return shape;
    }

    private static AdaptiveSoftmaxShape? ReadAdaptiveSoftmax(SafetensorsHeader header)
    {
        string[] keys = [ModelFile.AdaptiveCutoffsKey, ModelFile.AdaptiveDivisionFactorKey];
        if (!keys.Any(header.Metadata.ContainsKey)) return null;
        if (Number(header, ModelFile.VersionKey) < ModelFile.AdaptiveSoftmaxVersion)
            throw new ModelFormatException($"The file has \"{ModelFile.AdaptiveCutoffsKey}\" and so an adaptive softmax; its format version must be at least {ModelFile.AdaptiveSoftmaxVersion}.");

        var (text, cutoffs) = (Value(header, ModelFile.AdaptiveCutoffsKey), new List<int>());
        foreach (var range in text.AsSpan().Split(','))
        {
            // Every cluster has tensors of its own, as every layer has.
            if (!int.TryParse(text.AsSpan(range), NumberStyles.None, CultureInfo.InvariantCulture, out var cutoff) || cutoffs.Count == header.Tensors.Count)
                throw new ModelFormatException($"\"{ModelFile.AdaptiveCutoffsKey}\" is \"{text}\"; it must be whole numbers separated by commas, no more than there are tensors.");
            cutoffs.Add(cutoff);
        }
        var factor = Value(header, ModelFile.AdaptiveDivisionFactorKey);
        return double.TryParse(factor, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new AdaptiveSoftmaxShape(cutoffs, number)
            : throw new ModelFormatException($"\"{ModelFile.AdaptiveDivisionFactorKey}\" is \"{factor}\"; it must be a number.");
    }

    /// <summary>Compares the totals, so that weights of this shape can be allocated; each tensor is compared when it is read.</summary>
    private static void CheckTensors(SafetensorsHeader header, NetworkShape shape, long expectedBytes)
    {
        CheckTensor(Tensor(header, ModelFile.OffsetsTensor), TensorEntry.Int32, [shape.VocabularySize + 1L]);
        var words = Tensor(header, ModelFile.WordsTensor);
        CheckTensor(words, TensorEntry.UInt8, [words.Length]);
        if (words.Length > Array.MaxLength) throw new ModelFormatException($"The words of the vocabulary have {words.Length} bytes; {Array.MaxLength} is the most.");

        var weightBytes = header.DataLength - words.Length - Tensor(header, ModelFile.OffsetsTensor).Length;
        if (weightBytes != expectedBytes)
            throw new ModelFormatException($"The weights have {weightBytes} bytes; a model of this shape has {expectedBytes}: {shape}.");
    }

    private static void CheckTensor(TensorEntry tensor, string type, long[] shape)
    {
        if (tensor.Type != type) throw new ModelFormatException($"The tensor \"{tensor.Name}\" is of the type {tensor.Type}; it must be {type}.");
        if (!tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new ModelFormatException($"The tensor \"{tensor.Name}\" has the shape {tensor.ShapeText}; it must be {TensorEntry.ShapeTextOf(shape)}.");
    }

    private void ReadTensors(SafetensorsHeader header, NetworkShape shape, IEnumerable<WeightTensor> weights, int[] offsets, byte[] words)
    {
        var weightTensors = weights.ToDictionary(tensor => tensor.Name);
        foreach (var tensor in weightTensors.Values) CheckTensor(Tensor(header, tensor.Name), tensor.Type, [.. tensor.Shape]);
        foreach (var tensor in header.TensorsInFile)
        {
            if (tensor.Name == ModelFile.OffsetsTensor)
            {
                ReadExactly(MemoryMarshal.AsBytes(offsets.AsSpan()));
            }
            else if (tensor.Name == ModelFile.WordsTensor)
            {
                ReadExactly(words);
            }
            else if (weightTensors.TryGetValue(tensor.Name, out var weightTensor))
            {
                weightTensor.Read(piece => ReadExactly(piece));
            }
            else
            {
                throw new ModelFormatException($"The file has a tensor \"{tensor.Name}\", which a model of this shape lacks: {shape}.");
            }
        }
    }

    private void CheckChecksum(SafetensorsHeader header)
    {
        if (!header.Metadata.TryGetValue(ModelFile.ChecksumKey, out var expected)) return;
        var actual = ModelFile.ChecksumText(checksum);
        if (actual != expected)
            throw new ModelFormatException($"The file has been altered or damaged: its checksum is {actual}, and {expected} when it was written.");
    }

    private static string[] DecodeWords(int[] offsets, byte[] bytes)
    {
        if (offsets[0] != 0 || offsets[^1] != bytes.Length)
            throw new ModelFormatException($"The offsets of the words go from {offsets[0]} to {offsets[^1]}; they must go from 0 to {bytes.Length}.");
        var words = new string[offsets.Length - 1];
        for (var id = 0; id < words.Length; id++)
        {
            if (offsets[id + 1] < offsets[id] || offsets[id + 1] > bytes.Length)
                throw new ModelFormatException($"The word with id {id} goes from byte {offsets[id]} to byte {offsets[id + 1]} of {bytes.Length}, which cannot be.");
            try
            {
                words[id] = ModelFile.StrictUtf8.GetString(bytes.AsSpan(offsets[id]..offsets[id + 1]));
            }
            catch (ArgumentException exception)
            {
                throw new ModelFormatException($"The word with id {id} is not valid UTF-8.", exception);
            }
        }
        return words;
    }

    private static LanguageModel CreateModel(SafetensorsHeader header, Func<Network> createNetwork, string[] words)
    {
        try
        {
            var tokenizer = Tokenizer.Create(Under(header, ModelFile.TokenizerPrefix));
            var vocabulary = new Vocabulary(words);
            var figures = new Dictionary<string, double>();
            foreach (var (name, value) in Under(header, ModelFile.FigurePrefix)) figures.Add(name, Figure(name, value));
            var training = new TrainingRecord { Options = Under(header, ModelFile.TrainingPrefix), Figures = figures };
            return new LanguageModel(tokenizer, vocabulary, createNetwork(), training);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException and not ModelFormatException)
        {
            throw new ModelFormatException(exception.Message.Split(" (NetworkParameter '")[0], exception);
        }
    }

    /// <summary>The metadata whose names begin so, without that beginning.</summary>
    private static Dictionary<string, string> Under(SafetensorsHeader header, string prefix)
    {
        var values = new Dictionary<string, string>();
        foreach (var (key, value) in header.Metadata)
            if (key.StartsWith(prefix, StringComparison.Ordinal)) values.Add(key[prefix.Length..], value);
        return values;
    }

    private static double Figure(string name, string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var figure)
        ? figure
        : throw new ModelFormatException($"The figure \"{name}\" is \"{value}\"; it must be a number.");

    private static string Value(SafetensorsHeader header, string key) => header.Metadata.TryGetValue(key, out var value)
        ? value
        : throw new ModelFormatException($"The metadata lack \"{key}\".");

    private static int Number(SafetensorsHeader header, string key)
    {
        var text = Value(header, key);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ModelFormatException($"\"{key}\" is \"{text}\"; it must be a whole number from 1 to {int.MaxValue}.");
    }

    private static TensorEntry Tensor(SafetensorsHeader header, string name) => header.Tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new ModelFormatException($"The file lacks the tensor \"{name}\".");

    private void ReadExactly(Span<byte> destination, bool isCounted = true)
    {
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            throw new ModelFormatException("The file is cut short: it ended while it was being read.");
        if (isCounted) checksum.Append(destination);
    }
}
