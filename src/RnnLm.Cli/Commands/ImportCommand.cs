using System.CommandLine;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm import WEIGHTS VOCABULARY --output MODEL</c></summary>
static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var defaults = new PyTorchImportOptions();
        var weights = new Argument<string>("WEIGHTS") { Description = "The state_dict of PyTorch's word_language_model, saved as safetensors (save_model of safetensors.torch)." };
        var vocabulary = new Argument<string>("VOCABULARY") { Description = "Its words (corpus.dictionary.idx2word): a UTF-8 file, a word a line in the order of their ids." };
        var output = Shared.OutputOption();
        var tokenizer = new TokenizerOptions("whitespace");
        var cell = new Option<string>("--cell") { Description = "The recurrent cell. Only weights of RNN_TANH (elman) or RNN_RELU (relu) do not show it themselves." };
        cell.AcceptOnlyFromAmong(Shared.Cells);
        var unknownWord = Word("--unknown-word", "The word of the vocabulary that stands for every word outside it.", defaults.UnknownWord);
        var endOfLineWord = Word("--end-of-line-word", "The word of the vocabulary that ends every line.", defaults.EndOfLineWord);

        var command = new Command("import", "Makes a model file of the weights and the vocabulary of a model of PyTorch's.")
        {
            weights, vocabulary, output, tokenizer.Name, tokenizer.LowerCase, cell, unknownWord, endOfLineWord,
        };
        command.SetAction(parsed =>
        {
            var model = LanguageModel.ImportPyTorch(parsed.GetRequiredValue(weights), parsed.GetRequiredValue(vocabulary), new PyTorchImportOptions
            {
                Tokenizer = tokenizer.Read(parsed),
                Cell = parsed.GetValue(cell) is { } name ? Enum.Parse<CellKind>(name, ignoreCase: true) : null,
                UnknownWord = parsed.GetRequiredValue(unknownWord),
                EndOfLineWord = parsed.GetRequiredValue(endOfLineWord),
            });
            var path = parsed.GetRequiredValue(output);
            model.Save(path);
            terminal.Error.WriteLine($"The model is in {path}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string> Word(string name, string description, string word)
        => new(name) { Description = description, DefaultValueFactory = _ => word };
}
