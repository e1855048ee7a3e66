using RnnLm.Tests;

namespace RnnLm.Training.Tests.NGrams;

public sealed class WikiTextPerplexityTests
{
    [SharedDataFact("wikitext-2/train.txt", "wikitext-2/test.txt")]
    public void Five_grams_predict_WikiText_2_as_well_as_another_implementation_of_the_method()
    {
        var model = NGramTrainer.Train(Tokenizer.Whitespace, Lines("train"), new NGramOptions { MemoryLimit = 64 });
        Assert.Equal([33_278, 619_592, 1_398_959, 1_794_725, 1_914_265], Enumerable.Range(1, 5).Select(model.CountOf));

        var metrics = model.Evaluate(TokenStream.Encode(Tokenizer.Whitespace, model.Vocabulary, Lines("test")));
        Assert.Equal((245_569, 15_218), (metrics.Words, metrics.Unknown));
        // The other one's is 222.5.
        Assert.Equal(220.138, metrics.Perplexity, 0.01);
    }

    private static IEnumerable<string> Lines(string part) => TextLines.Read(RepositoryPaths.SharedData($"wikitext-2/{part}.txt")!);
}
