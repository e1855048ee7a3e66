using System.Globalization;
using RnnLm.Faults;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>
/// The file of an n-gram model: a safetensors file with the tensors of <see cref="NGramTensors"/> and those of the vocabulary, as a model file has it. Metadata:
/// <c>format</c> (<c>rnnlm-ngram</c>), <c>format_version</c>, <c>crc32c</c>, <c>tokenizer.*</c>, <c>training.*</c> and <c>figure.*</c>. With
/// a tokenizer of subwords it is of format version 2, else of version 1.
/// </summary>
internal static class NGramFile
{
    private const string Format = "rnnlm-ngram";
    private const string FormatKey = "format";
    private const int FirstVersion = 1;
    private const int SubwordsVersion = 2;
    internal const int NewestVersion = SubwordsVersion;
    private const string Prefix = "ngram.";

    /// <summary>Whether a safetensors file is that of an n-gram model.</summary>
    public static bool Is(SafetensorsHeader header) => header.Metadata.GetValueOrDefault(FormatKey) == Format;

    /// <summary>Whether a file says of itself that it is that of an n-gram model. What cannot be read, and what cannot be read twice, is none.</summary>
    public static bool IsAt(string path, FileSystem? files = null) => FileHeader.FindAt(path, files ?? FileSystem.Real) is { } header && Is(header);

    public static void Write(NGramParts model, string path, CancellationToken cancellation = default, FileSystem? files = null)
        => AtomicFile.Write(path, stream => Write(model, stream), cancellation, files);

    public static void Write(NGramParts model, Stream stream)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Model files are written on little-endian processors only.");
        var (offsets, words) = VocabularyTensors.Encode(model.Vocabulary);
        WeightTensor[] tensors = [.. NGramTensors.Of(model.Table, Prefix), .. Of(offsets, words)];
        var header = SafetensorsHeaderWriter.Write(MetadataOf(model), tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.Shape)));
        FileChecksum.Write(header, ForEachPiece);
        stream.Write(header);
        ForEachPiece(stream.Write);
        stream.Flush();

        void ForEachPiece(PieceWriter write)
        {
            foreach (var tensor in tensors) tensor.Write(piece => write(piece));
        }
    }

    public static NGramParts Read(string path, CancellationToken cancellation = default, FileSystem? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = (files ?? FileSystem.Real).OpenToRead(path);
        try
        {
            return Read(CancellableStream.Of(stream, cancellation));
        }
        catch (ModelFormatException exception)
        {
            throw new ModelFormatException($"\"{path}\" cannot be loaded. {exception.Message}", exception);
        }
    }

    public static NGramParts Read(Stream stream)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Model files are read on little-endian processors only.");
        var file = new SafetensorsReader(stream, new ModelFileFaults());
        var header = file.Header;
        CheckFormat(header);
        var metadata = new ModelMetadata(header);
        var tokenizer = ModelFileReader.Checked(() => Tokenizer.Create(metadata.Tokenizer));
        var training = metadata.Training;

        var offsets = new int[LengthOf(header, VocabularyTensors.Offsets, TensorEntry.Int32)];
        var words = new byte[LengthOf(header, VocabularyTensors.Words, TensorEntry.UInt8)];
        if (offsets.Length < 3) throw new ModelFormatException($"The vocabulary has {offsets.Length - 1} words; it must have at least the two special ones.");
        var table = NGramTensors.Find(header, Prefix, offsets.Length - 1);
        var tensors = table.Tensors.Concat(Of(offsets, words)).ToDictionary(tensor => tensor.Name);
        if (header.TensorsInFile.FirstOrDefault(tensor => !tensors.ContainsKey(tensor.Name)) is { } more)
            throw new ModelFormatException($"The file has a tensor {Quotation.Of(more.Name)}, which an n-gram model lacks.");

        var checksum = FileChecksum.Begin(file.HeaderBytes, header);
        foreach (var tensor in header.TensorsInFile)
        {
            tensors[tensor.Name].Read(piece =>
            {
                file.ReadExactly(piece);
                checksum.Append(piece);
            });
        }
        file.CheckEnd();
        FileChecksum.Check(checksum, header);

        VocabularyTensors.CheckEnds(offsets[0], offsets[^1], words.Length);
        VocabularyTensors.Check(offsets, 0, words.Length);
        var vocabulary = ModelFileReader.Checked(() => new Vocabulary(VocabularyTensors.Decode(offsets, words)));
        ModelFileReader.CheckTogether(tokenizer, vocabulary);
        return new NGramParts(tokenizer, vocabulary, table.CreateTable(), training);
    }

    private static IEnumerable<KeyValuePair<string, string>> MetadataOf(NGramParts model)
    {
        yield return new(FormatKey, Format);
        yield return new(FormatVersion.Key, (model.Tokenizer is SubwordTokenizer ? SubwordsVersion : FirstVersion).ToString(CultureInfo.InvariantCulture));
        yield return new(FileChecksum.Key, FileChecksum.Unknown);
        foreach (var entry in ModelMetadata.Of(model.Tokenizer, model.Training)) yield return entry;
    }

    private static void CheckFormat(SafetensorsHeader header)
    {
        if (ModelMetadata.IsOfModelFile(header)) throw new ModelFormatException("This is the file of a recurrent network, not of an n-gram model.");
        if (!Is(header)) throw new ModelFormatException($"This is a safetensors file but not an n-gram model: its metadata lack \"{FormatKey}\": \"{Format}\".");
        var text = header.Metadata.GetValueOrDefault(FormatVersion.Key);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1)
            throw new ModelFormatException($"\"{FormatVersion.Key}\" is {Quotation.Of(text ?? "")}; it must be a whole number from 1 to {int.MaxValue}.");
        FormatVersion.RefuseNewer(version, NewestVersion);
    }

    private static int LengthOf(SafetensorsHeader header, string name, string type)
        => header.Tensors.TryGetValue(name, out var tensor) ? tensor.LengthAs(type) : throw new ModelFormatException($"The file lacks the tensor {Quotation.Of(name)}.");

    private static WeightTensor[] Of(int[] offsets, byte[] words) =>
    [
        new ArrayTensor<int>(VocabularyTensors.Offsets, TensorEntry.Int32, offsets),
        new ArrayTensor<byte>(VocabularyTensors.Words, TensorEntry.UInt8, words),
    ];
}
