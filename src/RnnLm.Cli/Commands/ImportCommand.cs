using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;
using RnnLm.Networks;
using RnnLm.Persistence;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm import WEIGHTS VOCABULARY --output MODEL</c></summary>
sealed class ImportCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly PyTorchImportOptions options = new();
    private string weights = "";
    private string vocabulary = "";
    private string output = "";
    private Func<Tokenizer> createTokenizer = () => Tokenizer.Whitespace;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.InputFile("WEIGHTS", "The state_dict of PyTorch's word_language_model, saved as safetensors (save_model of safetensors.torch).",
            value => weights = value);
        flags.InputFile("VOCABULARY", "Its words (corpus.dictionary.idx2word): a UTF-8 file, a word a line in the order of their ids.",
            value => vocabulary = value);
        flags.Output(value => output = value);
        flags.Tokenizer("whitespace", value => createTokenizer = value);
        flags.Cell("The recurrent cell. Only weights of RNN_TANH (elman) or RNN_RELU (relu) do not show it themselves.", usual: null,
            value => options.Cell = value, nameof(options.Cell), Cell.All.Where(cell => cell.PyTorchName is not null));
        flags.Value("--unknown-word", "The word of the vocabulary that stands for every word outside it.", Values.Text, options.UnknownWord,
            value => options.UnknownWord = value, nameof(options.UnknownWord), Placeholder.Word);
        flags.Value("--end-of-line-word", "The word of the vocabulary that ends every line.", Values.Text, options.EndOfLineWord,
            value => options.EndOfLineWord = value, nameof(options.EndOfLineWord), Placeholder.Word);
        flags.Switch("--add-unknown-word", "Add the unknown word to a vocabulary that has none; it is read as nothing and hardly ever predicted.",
            () => options.AddUnknownWord = true, nameof(options.AddUnknownWord));
        flags.Switch("--allow-pickle", "Read weights that torch.save wrote (.pt, .pth): tensors only, no code in them is run.",
            () => options.AllowPickle = true, nameof(options.AllowPickle));
        flags.Check(options.Validate);
        flags.Examples(
            "rnnlm import weights.safetensors words.txt --output model.rnnlm",
            "rnnlm import model.pt words.txt --allow-pickle --output model.rnnlm");
        return flags.ToCommand("import", "Makes a model file of the weights and the vocabulary of a model of PyTorch's.", Run);
    }

    private int Run()
    {
        options.Tokenizer = createTokenizer();
        Import().Save(output, cancellation);
        terminal.Tell($"The model is in {Printable.Quotation(output)}.");
        return ExitCode.Done;
    }

    /// <summary>Weights are read back and forth; what comes from a pipe, which cannot be, is copied to a temporary file first.</summary>
    private LanguageModel Import()
    {
        using var source = new FileStream(weights, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (source.CanSeek) return LanguageModel.ImportPyTorch(weights, vocabulary, options, cancellation);

        var folder = Directory.CreateTempSubdirectory("rnnlm-");
        using var removed = new RemovedAtEnd(() => folder.Delete(recursive: true));
        var file = Path.Combine(folder.FullName, Path.GetFileName(weights));
        using (var copy = File.Create(file)) CancellableStream.Of(source, cancellation).CopyTo(copy);
        return LanguageModel.ImportPyTorch(file, vocabulary, options, cancellation);
    }
}
