using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm export MODEL --weights FILE --vocabulary FILE</c></summary>
sealed class ExportCommand(Terminal terminal, CancellationToken cancellation)
{
    private string modelPath = "";
    private string weights = "";
    private string vocabulary = "";

    public Command Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.OutputFileFlag("--weights", [], "The safetensors file to write: the state_dict of PyTorch's word_language_model.",
            value => weights = value);
        flags.OutputFileFlag("--vocabulary", [], "The file of words to write: UTF-8, a word a line in the order of their ids.",
            value => vocabulary = value);
        return flags.ToCommand("export", "Writes the weights and the vocabulary of a model for PyTorch.", Run);
    }

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        model.ExportPyTorch(weights, vocabulary, cancellation);
        if (MixtureInfo.HasAdditions(model))
            terminal.Tell($"{Printable.Quotation(modelPath)} has a cache, an n-gram model or dynamic evaluation; PyTorch's form has room for the network alone, and they are left out.");
        terminal.Tell($"The weights are in {Printable.Quotation(weights)}, the words in {Printable.Quotation(vocabulary)}.");
        return ExitCode.Done;
    }
}
