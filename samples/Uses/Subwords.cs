using RnnLm;

namespace Uses;

/// <summary>A model of subwords: no word is unknown to it, and its figures by word can be compared with those of a model of whole words.</summary>
static class Subwords
{
    public static void Run()
    {
        var (training, heldOut) = SampleModel.Sentences;
        var trainer = new LanguageModelTrainer(new TrainingOptions { Preset = TrainingPreset.Small, Epochs = 3 });
        var model = trainer.Train(new SubwordOptions { VocabularySize = 2_000 }, training).Model;
        var tokenizer = (SubwordTokenizer)model.Tokenizer;
        Console.WriteLine($"{tokenizer.Pieces.Count:N0} pieces, {tokenizer.Merges.Count:N0} merges");

        foreach (var text in (string[])["Gets the deserializer.", "Größe 大小 🙂"])
        {
            var pieces = tokenizer.Tokenize(text);
            Console.WriteLine($"{text} → {string.Join(' ', pieces)} → {tokenizer.Join(pieces)}");
        }

        // Whole words, however many pieces they have; and the pieces themselves.
        Console.WriteLine($"words:  {model.NextWords("Initializes a new instance of the")}");
        Console.WriteLine($"pieces: {model.NextPieces("Initializes a new instance of the")}");
        Console.WriteLine(model.Score("Gets the deserializer."));
        foreach (var word in model.Score("Gets the deserializer.").Words) Console.WriteLine($"  {word}");

        var words = SampleModel.Get();
        Console.WriteLine($"subwords:    {Measure(model, heldOut)}");
        Console.WriteLine($"whole words: {Measure(words, heldOut)}");
    }

    private static LanguageModelMetrics Measure(LanguageModel model, IEnumerable<string> text)
        => model.EvaluateLinesApart(TokenStream.Encode(model.Tokenizer, model.Vocabulary, text));
}
