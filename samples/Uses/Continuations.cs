using Microsoft.ML;
using RnnLm;

namespace Uses;

/// <summary>How a text goes on: the most probable words, words that are drawn, the best of a beam; as it comes into being, and as columns.</summary>
static class Continuations
{
    private const string Prompt = "Gets or sets";

    public static void Run()
    {
        var model = SampleModel.Get();

        Console.WriteLine("The most probable word each time:");
        Console.WriteLine($"  {Prompt} {model.Generate(Prompt)}");

        Console.WriteLine("Three drawn, of which none ends before its sixth word:");
        var drawn = new GenerationOptions { MaximumWords = 20, MinimumWords = 6, RepetitionPenalty = 1.2, Sampling = new SamplingOptions { Temperature = 0.8, TopP = 0.95, Seed = 1 } };
        foreach (var continuation in model.GenerateAlternatives(Prompt, 3, drawn)) Console.WriteLine($"  {continuation.Score:F2}  {Prompt} {continuation.Text}");

        Console.WriteLine("The best three of a beam, up to the full stop:");
        var searched = new GenerationOptions { MaximumWords = 20, StopAfter = ["."], Beam = new BeamSearchOptions { Width = 8, LengthNormalization = 0.8 } };
        foreach (var continuation in model.GenerateAlternatives(Prompt, 3, searched)) Console.WriteLine($"  {continuation.Score:F2}  {Prompt} {continuation.Text}");

        WriteAsItComes(model, drawn).GetAwaiter().GetResult();
        WriteColumns(model, searched);
    }

    private static async Task WriteAsItComes(LanguageModel model, GenerationOptions options)
    {
        Console.WriteLine("Piece by piece, while it is worked out on another thread:");
        Console.Write($"  {Prompt}");
        await foreach (var piece in model.GenerateTextAsync(Prompt, options)) Console.Write(piece);
        Console.WriteLine();
    }

    private static void WriteColumns(LanguageModel model, GenerationOptions options)
    {
        Console.WriteLine("As columns:");
        var mlContext = new MLContext();
        var data = mlContext.Data.LoadFromEnumerable(new[] { new Row("The type of"), new Row("Returns") });
        var transformed = mlContext.LanguageModeling.FromModel(model, new LanguageModelColumns
        {
            NextWordColumnName = null,
            ContinuationsColumnName = "Continuations",
            ContinuationScoresColumnName = "Scores",
            ContinuationCount = 2,
            Generation = options,
        }).Fit(data).Transform(data);
        foreach (var row in mlContext.Data.CreateEnumerable<Continued>(transformed, reuseRowObject: false))
            foreach (var (text, score) in row.Continuations.Zip(row.Scores)) Console.WriteLine($"  {score:F2}  {row.Text} {text}");
    }

    private sealed record Row(string Text);

    private sealed class Continued
    {
        public string Text { get; set; } = "";

        public string[] Continuations { get; set; } = [];

        public float[] Scores { get; set; } = [];
    }
}
