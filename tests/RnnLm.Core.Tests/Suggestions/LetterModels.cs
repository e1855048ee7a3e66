namespace RnnLm.Tests.Suggestions;

/// <summary>Small models of random weights over words of letters; the same arguments give the same model.</summary>
internal static class LetterModels
{
    /// <summary>Words that are like one another, in several cases, with punctuation among them.</summary>
    public static readonly string[] English =
    [
        "the", "then", "there", "these", "them", "The", "a", "an", "and", "any", "form", "from", "former", "for", "fro", "Paris", "parish", "hello", "help", "held", "world", "word", "words", "sword",
        "don't", "done", "I", "it", "its", "it's", "on", "of", "off", "over", "overt", "cover", "tehran", "Tehran", "USA", "use", "user", ",", ".", "!", "-", "(", ")", "3", "3.14", "x", "xylophone", "café", "cafe",
        "straße", "ΣΟΦΟΣ", "σοφος", "naïve",
    ];

    public static LanguageModel Of(Tokenizer tokenizer, IEnumerable<string> words, int seed = 1, double outputScale = 3)
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", .. words]);
        var weights = RandomModels.Weights(CellKind.Lstm, vocabulary.Count, embedding: 6, hidden: 9, layers: 2, seed: seed);
        for (var i = 0; i < weights.OutputBias.Values.Length; i++) weights.OutputBias.Values[i] *= (float)outputScale;
        return new LanguageModel(tokenizer, vocabulary, weights);
    }

    public static LanguageModel OfEnglish(int seed = 1) => Of(Tokenizer.Text(), English, seed);

    /// <summary>Made-up words of few letters, so that many are near one another.</summary>
    public static string[] MadeUp(int count, int seed)
    {
        var random = new Random(seed);
        var words = new HashSet<string>();
        while (words.Count < count) words.Add(string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "abcde"[random.Next(5)])));
        return [.. words];
    }

    /// <summary>A model that gives every word of a line, each the only one of its kind, almost all of the probability after the word before it.</summary>
    /// <param name="tokenizer">What splits the line.</param>
    /// <param name="line">The line.</param>
    /// <param name="more">Other words.</param>
    public static NGramModel Knowing(Tokenizer tokenizer, string line, params string[] more)
    {
        var words = tokenizer.Tokenize(line);
        var all = words.Concat(more).Distinct().ToArray();
        var unigrams = all.Select(word => $"-2\t{word}\t-2").Prepend("-2\t<unk>\t-2").Prepend("-99\t<s>\t-2").Prepend("-2\t</s>");
        var bigrams = words.Prepend("<s>").Zip(words.Append("</s>"), (first, second) => $"-0.01\t{first} {second}").Distinct().ToArray();
        string[] arpa = ["\\data\\", $"ngram 1={all.Length + 3}", $"ngram 2={bigrams.Length}", "", "\\1-grams:", .. unigrams, "", "\\2-grams:", .. bigrams, "", "\\end\\"];
        return NGramModel.ReadArpa(arpa, tokenizer);
    }
}
