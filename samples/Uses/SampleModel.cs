using QuickStart;
using RnnLm;

namespace Uses;

/// <summary>A small model of the .NET class library's documentation: trained once, in about a quarter of a minute, and kept beside the program.</summary>
static class SampleModel
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "documentation.rnnlm");

    /// <summary>Sentences that the model has learned from, and sentences that it has not.</summary>
    public static (IReadOnlyList<string> Training, IReadOnlyList<string> HeldOut) Sentences { get; } = ReadSentences();

    private static readonly Lazy<LanguageModel> Model = new(LoadOrTrain);

    public static LanguageModel Get() => Model.Value;

    private static (IReadOnlyList<string>, IReadOnlyList<string>) ReadSentences()
    {
        var sentences = DocumentationCorpus.ReadSentences().ToArray();
        new Random(1).Shuffle(sentences);
        return (sentences[..12_000], sentences[12_000..12_600]);
    }

    private static LanguageModel LoadOrTrain()
    {
        if (System.IO.File.Exists(File)) return LanguageModel.Load(File);
        var trainer = new LanguageModelTrainer(new TrainingOptions { Preset = TrainingPreset.Small, Epochs = 3 });
        var model = trainer.Train(Tokenizer.Text(), Sentences.Training, vocabularyOptions: new VocabularyOptions { MaximumSize = 5_000 }).Model;
        model.Save(File);
        return model;
    }
}
