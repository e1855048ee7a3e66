using System.Runtime.InteropServices;
using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.Tests.Persistence;

/// <summary>Model files of gigabytes with next to nothing in them: what is wrong with them is found before there is room for their weights.</summary>
public sealed class HostileSizeTests : IDisposable
{
    private const long Gigabytes = 1L << 30;

    private static readonly string[] Words = ["<unk>", "<eos>", "a", "b"];

    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("rnnlm-tests-").FullName, "model.rnnlm");

    private readonly Dictionary<string, string> metadata = new()
    {
        ["format"] = "rnnlm",
        ["format_version"] = "2",
        ["shape.cell"] = "lstm",
        ["shape.tied"] = "false",
        ["tokenizer.name"] = "whitespace",
    };

    public static TheoryData<bool> Precisions => [false, true];

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [UnixTheory]
    [MemberData(nameof(Precisions))]
    public void Where_the_vocabulary_is_none(bool isQuantized)
    {
        Create(isQuantized, [], words: []);
        AssertRefused("The offsets of the words go from 0 to 0; they must go from 0 to 14");
        Create(isQuantized, [0, 0, 0, 0, 14], words: []);
        AssertRefused("The word with id 0 is empty");
        Create(isQuantized, [0, 5, 10, 11, 14], words: []);
        AssertRefused("The word \"\\u0000\\u0000\\u0000\\u0000\\u0000\" occurs twice, with ids 0 and 1");
        Create(isQuantized, [0, 5, 10, 11, 12], "<unk><eos>aa"u8.ToArray());
        AssertRefused("The word \"a\" occurs twice, with ids 2 and 3");
        Create(isQuantized, [0, 5, 10, 11, 12], [.. "<unk><eos>a"u8, 0xFF]);
        AssertRefused("The word with id 3 is not valid UTF-8");
    }

    [UnixFact]
    public void Where_the_vocabulary_itself_is_what_is_long()
    {
        const int Size = 500_000_000;
        var shape = new NetworkShape { Cell = CellKind.Lstm, VocabularySize = Size, EmbeddingSize = 1, HiddenSize = 1, Layers = 1 };
        foreach (var length in (long[])[0, Size, 2_000_000_000])
        {
            Create(shape, isQuantized: false, offsets: [], words: [], length);
            AssertRefused(length == 0 ? "The word with id 0 is empty" : $"The offsets of the words go from 0 to 0; they must go from 0 to {length}");
        }
        // The first piece of the offsets is good.
        int[] some = [.. Enumerable.Range(0, 20_000)];
        Create(shape, isQuantized: false, some, words: [], Size, last: Size);
        AssertRefused("The word with id 19999 goes from byte 19999 to byte 0 of 500000000");
    }

    [UnixFact]
    public void Where_a_word_is_longer_than_any_text()
    {
        Create(ShapeOf(isQuantized: true), isQuantized: true, [0, 5, 10, 11, 2_000_000_000], "<unk><eos>ab"u8.ToArray(), 2_000_000_000);
        AssertRefused("The word with id 3 has 1999999989 bytes; 536870912 are the most");
    }

    [UnixTheory]
    [MemberData(nameof(Precisions))]
    public void Where_the_metadata_or_the_names_and_shapes_of_the_tensors_are_wrong(bool isQuantized)
    {
        foreach (var (key, value, reason) in (IEnumerable<(string, string, string)>)[
            ("tokenizer.name", "guess", "guess"), ("tokenizer.colour", "red", "colour"), ("figure.perplexity", "good", "good")])
        {
            metadata[key] = value;
            CreateWhole(isQuantized);
            AssertRefused(reason);
            metadata[key] = "whitespace";
            if (key != "tokenizer.name") metadata.Remove(key);
        }
        CreateWhole(isQuantized, tensor => tensor.Name == "output" ? tensor with { Name = "outcome" } : tensor);
        AssertRefused("The file lacks the tensor \"output\"");
        CreateWhole(isQuantized, tensor => tensor.Name == "embedding" ? tensor with { Shape = [tensor.Shape[1], tensor.Shape[0]] } : tensor);
        AssertRefused("The tensor \"embedding\" has the shape");
        CreateWhole(isQuantized, tensor => tensor.Name == "embedding" ? tensor with { Type = isQuantized ? TensorEntry.UInt8 : "U32" } : tensor);
        AssertRefused("The tensor \"embedding\" is of the type U");
    }

    [UnixFact]
    public void A_stream_that_cannot_seek_costs_what_it_gives_and_no_room_for_weights()
    {
        var shape = new NetworkShape { Cell = CellKind.Lstm, VocabularySize = 4, EmbeddingSize = 400, HiddenSize = 400, Layers = 2 };
        Create(shape, isQuantized: false, [0, 5, 10, 11, 12], "<unk><eos>aa"u8.ToArray(), 12);
        var length = new FileInfo(path).Length;
        Assert.InRange(length, 10_000_000, int.MaxValue);
        SparseFile.AssertRefusedCheaply(
            () =>
            {
                using var file = File.OpenRead(path);
                LanguageModel.Load(new OneWayStream(file));
            },
            "The word \"a\" occurs twice", length + (length / 20));
    }

    /// <summary>Weights that take up most of eight gigabytes, and four words.</summary>
    private static NetworkShape ShapeOf(bool isQuantized)
        => new() { Cell = CellKind.Lstm, VocabularySize = Words.Length, EmbeddingSize = 16_384, HiddenSize = 16_384, Layers = isQuantized ? 4 : 1 };

    private void Create(bool isQuantized, int[] offsets, byte[] words) => Create(ShapeOf(isQuantized), isQuantized, offsets, words, words.Length == 0 ? 14 : words.Length);

    private void CreateWhole(bool isQuantized, Func<WeightDescription, WeightDescription>? change = null)
        => Create(ShapeOf(isQuantized), isQuantized, [0, 5, 10, 11, 12], "<unk><eos>ab"u8.ToArray(), 12, change: change);

    /// <summary>Makes a file whose weights are a hole; what there is of offsets and words stands at the beginning of theirs.</summary>
    private void Create(
        NetworkShape shape, bool isQuantized, int[] offsets, byte[] words, long wordsLength, int? last = null, Func<WeightDescription, WeightDescription>? change = null)
    {
        if (isQuantized) metadata["precision"] = "int8";
        foreach (var (key, value) in (IEnumerable<(string, int)>)[
            ("vocabulary_size", shape.VocabularySize), ("embedding_size", shape.EmbeddingSize), ("hidden_size", shape.HiddenSize), ("layers", shape.Layers)])
        {
            metadata[$"shape.{key}"] = $"{value}";
        }
        List<(string Name, string Type, long[] Shape)> tensors = [];
        foreach (var tensor in WeightDescription.Of(shape, isQuantized).Select(change ?? (tensor => tensor)).OrderByDescending(tensor => TensorEntry.BytesOf(tensor.Type)))
            tensors.Add((tensor.Name, tensor.Type, tensor.Shape));
        tensors.Add((VocabularyTensors.Words, TensorEntry.UInt8, [wordsLength]));
        tensors.Insert(0, (VocabularyTensors.Offsets, TensorEntry.Int32, [shape.VocabularySize + 1L]));
        var header = SafetensorsHeaderWriter.Write(metadata, tensors);
        var entries = SafetensorsHeader.Parse(header.AsSpan(sizeof(ulong))).Tensors;
        var (placeOfOffsets, placeOfWords) = (header.Length + entries[VocabularyTensors.Offsets].Begin, header.Length + entries[VocabularyTensors.Words].Begin);
        List<(long, byte[])> pieces = [(0, header), (placeOfOffsets, MemoryMarshal.AsBytes<int>(offsets).ToArray()), (placeOfWords, words)];
        if (last is { } end) pieces.Add((placeOfOffsets + (sizeof(int) * (long)shape.VocabularySize), BitConverter.GetBytes(end)));
        SparseFile.Create(path, header.Length + entries.Values.Max(entry => entry.End), pieces);
    }

    private void AssertRefused(string reason)
    {
        Assert.InRange(new FileInfo(path).Length, 4 * Gigabytes, 16 * Gigabytes);
        SparseFile.AssertRefusedCheaply(() => LanguageModel.Load(path), reason);
    }
}
