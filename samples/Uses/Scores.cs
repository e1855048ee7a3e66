using Microsoft.ML;
using RnnLm;

namespace Uses;

/// <summary>How probable texts are: as a whole, word by word, as one stream, and as columns.</summary>
static class Scores
{
    private static readonly string[] Texts =
    [
        "Gets a value that indicates whether the collection is read-only.",
        "Gets the value a indicates that whether collection read-only is.",
        "Gets a value that indicates whether the aardvark is read-only.",
    ];

    public static void Run()
    {
        var model = SampleModel.Get();

        Console.WriteLine("As a whole; an unknown word costs a penalty of twelve nats:");
        var penalized = new ScoringOptions { UnknownWords = UnknownWordPolicy.Penalized, UnknownWordLogProbability = -12 };
        foreach (var (text, score) in Texts.Zip(model.ScoreMany(Texts, penalized)))
            Console.WriteLine($"  perplexity {score.Perplexity,8:F1}, {score.BitsPerWord,5:F2} bits a word, {score.BitsPerCharacter:F3} a character, {score.UnknownCount} unknown: {text}");

        Console.WriteLine("Word by word, with the place of each in the order of probability and how open the prediction was:");
        var detailed = new ScoringOptions { IncludeRanks = true, IncludeEntropies = true };
        foreach (var word in model.Score(Texts[2], detailed).Words)
            Console.WriteLine($"  {word.LogProbability,7:F2}  rank {word.Rank,5:N0}  entropy {word.Entropy:F2}  {word.Word}{(word.IsUnknown ? " (unknown)" : "")}");

        Console.WriteLine("Held-out lines from a fresh state each, and as one stream:");
        var lines = SampleModel.Sentences.HeldOut.Take(200).ToArray();
        Console.WriteLine($"  {BitsPerWord(model.ScoreMany(lines)):F3} and {BitsPerWord(model.ScoreStream(lines)):F3} bits a word");

        WriteColumns(model);
    }

    private static double BitsPerWord(IEnumerable<TextScore> scores)
    {
        var (sum, words) = scores.Aggregate((0.0, 0), (total, score) => (total.Item1 + score.LogProbability, total.Item2 + score.Count));
        return -sum / (Math.Log(2) * words);
    }

    private static void WriteColumns(LanguageModel model)
    {
        Console.WriteLine("As columns; unknown words are left out:");
        var mlContext = new MLContext();
        var data = mlContext.Data.LoadFromEnumerable(Texts.Select(text => new Row(text)));
        var transformed = mlContext.LanguageModeling.FromModel(model, new LanguageModelColumns
        {
            NextWordColumnName = null,
            BitsPerCharacterColumnName = "BitsPerCharacter",
            WordsColumnName = "Words",
            WordRanksColumnName = "Ranks",
            UnknownWords = UnknownWordPolicy.Excluded,
        }).Fit(data).Transform(data);
        foreach (var row in mlContext.Data.CreateEnumerable<Scored>(transformed, reuseRowObject: false))
            Console.WriteLine($"  {row.BitsPerCharacter:F3} bits a character; {string.Join(' ', row.Words.Zip(row.Ranks, (word, rank) => $"{word}/{rank:F0}"))}");
    }

    private sealed record Row(string Text);

    private sealed class Scored
    {
        public float BitsPerCharacter { get; set; }

        public string[] Words { get; set; } = [];

        public float[] Ranks { get; set; } = [];
    }
}
