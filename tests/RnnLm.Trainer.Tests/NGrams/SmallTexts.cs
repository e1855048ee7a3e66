namespace RnnLm.Training.Tests.NGrams;

/// <summary>Texts of few words, made at random.</summary>
internal static class SmallTexts
{
    /// <summary>A vocabulary of words from <c>a</c> on.</summary>
    public static Vocabulary Words(int count) => new(["<unk>", "<eos>", .. Enumerable.Range(0, count).Select(i => $"w{i}")]);

    /// <summary>Lines of ids, some of them blank; low ids are frequent, and the unknown word is among them.</summary>
    public static List<int[]> Lines(int count, int longest, Vocabulary vocabulary, int seed)
    {
        var random = new Random(seed);
        int Word()
        {
            var id = (int)Math.Pow(vocabulary.Count + 1, random.NextDouble()) - 1; // by the law of Zipf
            return id == Vocabulary.EndOfLineId ? Vocabulary.UnknownId : id;
        }
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, random.Next(longest + 1)).Select(_ => Word()).ToArray())];
    }

    public static TokenStream Stream(Vocabulary vocabulary, IEnumerable<int[]> lines)
    {
        var encoder = new TokenStreamEncoder(Tokenizer.Whitespace, vocabulary);
        foreach (var line in lines) encoder.AddIds(line);
        return encoder.Build();
    }

    public static byte[] FileOf(NGramModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
