using System.Globalization;
using System.Runtime.InteropServices;
using RnnLm.Faults;
using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.Training;

/// <summary>
/// The file of a corpus: a safetensors file with the tensor <c>ids</c>, of type I32 and first in the file, and those of the vocabulary, as a model file has them. Metadata:
/// <c>format</c> (<c>rnnlm-corpus</c>), <c>format_version</c>, <c>crc32c</c>, <c>tokenizer.*</c>, <c>lines</c>, <c>unknown</c> and <c>skipped_lines</c>.
/// </summary>
internal static class CorpusFile
{
    private const string Format = "rnnlm-corpus";
    private const int Version = 1;
    private const string FormatKey = "format";
    private const string LinesKey = "lines";
    private const string UnknownKey = "unknown";
    private const string SkippedKey = "skipped_lines";
    private const string Ids = "ids";
    private const int PieceLength = 1 << 20;

    /// <summary>Whether a file says of itself that it is a corpus. What cannot be read, and what cannot be read twice, is none.</summary>
    public static bool IsAt(string path) => FileHeader.FindAt(path, FileSystem.Real) is { } header && Is(header);

    /// <summary>Writes a corpus.</summary>
    /// <param name="path">The file.</param>
    /// <param name="corpus">What it says; where the ids will begin is not known yet.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static void Write(string path, CorpusHeader corpus, IdFile ids, CancellationToken cancellation) => AtomicFile.Write(path, stream =>
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Corpora are written on little-endian processors only.");
        var (offsets, words) = VocabularyTensors.Encode(corpus.Vocabulary);
        WeightTensor[] tensors =
        [
            new ArrayTensor<int>(VocabularyTensors.Offsets, TensorEntry.Int32, offsets),
            new ArrayTensor<byte>(VocabularyTensors.Words, TensorEntry.UInt8, words),
        ];
        var header = SafetensorsHeaderWriter.Write(MetadataOf(corpus), tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.Shape)).Prepend((Ids, TensorEntry.Int32, new long[] { corpus.Count })));
        FileChecksum.Write(header, ForEachPiece);
        stream.Write(header);
        ForEachPiece(stream.Write);
        stream.Flush();

        void ForEachPiece(PieceWriter write)
        {
            ids.ForEachPiece(piece =>
            {
                cancellation.ThrowIfCancellationRequested();
                write(MemoryMarshal.AsBytes(piece));
            });
            foreach (var tensor in tensors) tensor.Write(piece => write(piece));
        }
    }, cancellation);

    /// <summary>Reads a corpus from beginning to end, and gives all of it but the ids.</summary>
    public static CorpusHeader Read(FileStream stream, string path, CancellationToken cancellation)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Corpora are read on little-endian processors only.");
        if (!stream.CanSeek) throw new IOException($"\"{path}\" is a pipe; a corpus is mapped into memory, and must be a file.");
        try
        {
            return Read(CancellableStream.Of(stream, cancellation));
        }
        catch (ModelFormatException exception)
        {
            throw new ModelFormatException($"\"{path}\" cannot be opened. {exception.Message}", exception);
        }
    }

    private static CorpusHeader Read(Stream stream)
    {
        var file = new SafetensorsReader(stream, new CorpusFaults());
        var header = file.Header;
        CheckFormat(header);
        var tokenizer = ModelFileReader.Checked(() => Tokenizer.Create(header.MetadataUnder(ModelMetadata.TokenizerPrefix)));
        var (lines, unknown, skipped) = (NumberOf(header, LinesKey), NumberOf(header, UnknownKey), NumberOf(header, SkippedKey));

        if (header.TensorsInFile is not [{ Name: Ids }, { Name: VocabularyTensors.Offsets }, { Name: VocabularyTensors.Words }])
            throw new ModelFormatException($"The file has the tensors {string.Join(", ", header.TensorsInFile.Select(tensor => Quotation.Of(tensor.Name)))}; it must have {Ids}, {VocabularyTensors.Offsets} and {VocabularyTensors.Words}, in this order.");
        var count = header.TensorsInFile[0].LengthAs(TensorEntry.Int32);
        var offsets = new int[header.TensorsInFile[1].LengthAs(TensorEntry.Int32)];
        var words = new byte[header.TensorsInFile[2].LengthAs(TensorEntry.UInt8)];
        var vocabularySize = offsets.Length - 1;
        if (vocabularySize < 2) throw new ModelFormatException($"The vocabulary has {vocabularySize} words; it must have at least the two special ones.");
        if (count == 0) throw new ModelFormatException("The corpus has no word and no line.");

        var start = file.HeaderBytes.Length;
        var checksum = FileChecksum.Begin(file.HeaderBytes, header);
        var ids = new int[Math.Min(count, PieceLength)];
        for (var left = count; left > 0; left -= ids.Length)
        {
            var piece = ids.AsSpan(0, Math.Min(left, ids.Length));
            file.ReadExactly(MemoryMarshal.AsBytes(piece));
            checksum.Append(MemoryMarshal.AsBytes(piece));
            var outside = piece.IndexOfAnyExceptInRange(0, vocabularySize - 1);
            if (outside >= 0) throw new ModelFormatException($"The corpus has the word id {piece[outside]}; the vocabulary has ids from 0 to {vocabularySize - 1}.");
        }
        file.ReadExactly(MemoryMarshal.AsBytes(offsets.AsSpan()));
        checksum.Append(MemoryMarshal.AsBytes(offsets.AsSpan()));
        file.ReadExactly(words);
        checksum.Append(words);
        FileChecksum.Check(checksum, header);

        VocabularyTensors.CheckEnds(offsets[0], offsets[^1], words.Length);
        VocabularyTensors.Check(offsets, 0, words.Length);
        var vocabulary = ModelFileReader.Checked(() => new Vocabulary(VocabularyTensors.Decode(offsets, words)));
        ModelFileReader.CheckTogether(tokenizer, vocabulary);
        return new CorpusHeader(tokenizer, vocabulary, start, count, (int)Math.Min(lines, count), unknown, (int)Math.Min(skipped, int.MaxValue));
    }

    private static bool Is(SafetensorsHeader header) => header.Metadata.GetValueOrDefault(FormatKey) == Format;

    private static IEnumerable<KeyValuePair<string, string>> MetadataOf(CorpusHeader corpus)
    {
        yield return new(FormatKey, Format);
        yield return new(FormatVersion.Key, TextOf(Version));
        yield return new(FileChecksum.Key, FileChecksum.Unknown);
        yield return new(LinesKey, TextOf(corpus.Lines));
        yield return new(UnknownKey, TextOf(corpus.UnknownCount));
        yield return new(SkippedKey, TextOf(corpus.SkippedLines));
        foreach (var entry in ModelMetadata.Of(corpus.Tokenizer, new TrainingRecord())) yield return entry;
    }

    private static void CheckFormat(SafetensorsHeader header)
    {
        if (!Is(header)) throw new ModelFormatException($"This is a safetensors file but not a corpus: its metadata lack \"{FormatKey}\": \"{Format}\".");
        FormatVersion.RefuseNewer(NumberOf(header, FormatVersion.Key), Version);
    }

    private static long NumberOf(SafetensorsHeader header, string key)
    {
        var text = header.Metadata.GetValueOrDefault(key) ?? throw new ModelFormatException($"The metadata lack \"{key}\".");
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ModelFormatException($"\"{key}\" is {Quotation.Of(text)}; it must be a whole number.");
    }

    private static string TextOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
