using QuickStart;
using RnnLm;

/// <summary>A small model of the .NET class library's documentation: learned in about a quarter of a minute by whoever asks first, and kept in the current folder.</summary>
static class DocumentationModel
{
    private const string Path = "documentation.rnnlm";

    /// <summary>Sentences that the model has learned from, and sentences that it has not.</summary>
    public static (string[] Training, string[] HeldOut) Sentences { get; } = ReadSentences();

    public static LanguageModel Get()
    {
        if (File.Exists(Path)) return LanguageModel.Load(Path);
        var trainer = new LanguageModelTrainer(new TrainingOptions { Preset = TrainingPreset.Small, Epochs = 3 });
        var model = trainer.Train(Tokenizer.Text(), Sentences.Training, vocabularyOptions: new VocabularyOptions { MaximumSize = 5_000 }).Model;
        model.Save(Path);
        return model;
    }

    private static (string[], string[]) ReadSentences()
    {
        var sentences = DocumentationCorpus.ReadSentences().ToArray();
        // In a random order, so that what is held out is of the same kind as what is learned.
        new Random(1).Shuffle(sentences);
        return (sentences[..12_000], sentences[12_000..12_600]);
    }
}
