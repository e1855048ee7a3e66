namespace RnnLm.Fuzz.Targets;

/// <summary>Weights or a vocabulary from PyTorch, with the other of the two as it should be.</summary>
internal abstract class ImportTarget : FuzzTarget
{
    private static readonly string[] Missing = ["give the cell", "lacks the unknown word", "lacks the end-of-line word"];

    private readonly Lazy<ScratchFiles> files = new(() => new ScratchFiles());

    protected ScratchFiles Files => files.Value;

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException or InvalidDataException;

    /// <summary>Imports, and where the weights or the vocabulary do not say something, again with what they do not say.</summary>
    protected static void Import(string weights, string vocabulary, bool allowPickle)
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
                Cell = CellKind.Elman,
                UnknownWord = "a",
                EndOfLineWord = "b",
                Tokenizer = Tokenizer.Text(),
            };
            ModelWorkout.Of(LanguageModel.ImportPyTorch(weights, vocabulary, options));
        }
    }
}
