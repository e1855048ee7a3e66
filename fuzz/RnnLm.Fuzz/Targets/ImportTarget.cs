using RnnLm.Fuzz.Samples;

namespace RnnLm.Fuzz.Targets;

/// <summary>Weights or a vocabulary from PyTorch, with the other of the two as it should be.</summary>
internal abstract class ImportTarget : FuzzTarget
{
    private const string CellMissing = "give the cell";
    private const string UnknownWordMissing = "lacks the unknown word";
    private const string EndOfLineWordMissing = "lacks the end-of-line word";

    private static readonly string[] Missing = [CellMissing, UnknownWordMissing, EndOfLineWordMissing];

    private readonly Lazy<ScratchFiles> files = new(() => new ScratchFiles());

    private readonly Lazy<string> vocabulary;
    private readonly Lazy<string> weights;

    protected ImportTarget()
    {
        vocabulary = new(() => files.Value.Write("vocabulary", VocabularyFileTarget.Words));
        weights = new(() => files.Value.Write("weights", StateDictTarget.StateDictOf(TinyModels.Create(CellKind.Lstm))));
    }

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException or InvalidDataException;

    /// <summary>Imports weights, with a vocabulary of five words.</summary>
    protected void ImportWeights(byte[] input, bool allowPickle) => Import(files.Value.Write("changed-weights", input), vocabulary.Value, allowPickle);

    /// <summary>Imports a vocabulary, with weights for five words.</summary>
    protected void ImportVocabulary(byte[] input) => Import(weights.Value, files.Value.Write("changed-vocabulary", input), allowPickle: false);

    /// <summary>Imports, and where the weights or the vocabulary do not say something, again with what they do not say.</summary>
    private static void Import(string weights, string vocabulary, bool allowPickle)
    {
        try
        {
            ModelWorkout.Of(LanguageModel.ImportPyTorch(weights, vocabulary, new PyTorchImportOptions { AllowPickle = allowPickle }));
        }
        catch (ModelFormatException fault) when (Missing.Any(missing => fault.Message.Contains(missing, StringComparison.Ordinal)))
        {
            var options = new PyTorchImportOptions
            {
                AllowPickle = allowPickle,
                AddUnknownWord = fault.Message.Contains(UnknownWordMissing, StringComparison.Ordinal),
                Cell = fault.Message.Contains(CellMissing, StringComparison.Ordinal) ? CellKind.Elman : null,
                EndOfLineWord = fault.Message.Contains(EndOfLineWordMissing, StringComparison.Ordinal) ? "a" : "<eos>",
                Tokenizer = Tokenizer.Text(),
            };
            ModelWorkout.Of(LanguageModel.ImportPyTorch(weights, vocabulary, options));
        }
    }
}
