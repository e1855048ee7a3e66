using System.CommandLine;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm export MODEL --weights FILE --vocabulary FILE</c></summary>
static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = Shared.ModelArgument();
        var weights = new Option<string>("--weights") { Description = "The safetensors file to write: the state_dict of PyTorch's word_language_model.", Required = true };
        var vocabulary = new Option<string>("--vocabulary") { Description = "The file of words to write: UTF-8, a word a line in the order of their ids.", Required = true };
        var command = new Command("export", "Writes the weights and the vocabulary of a model for PyTorch.") { model, weights, vocabulary };
        command.SetAction(parsed =>
        {
            var (weightsPath, vocabularyPath) = (parsed.GetRequiredValue(weights), parsed.GetRequiredValue(vocabulary));
            LanguageModel.Load(parsed.GetRequiredValue(model)).ExportPyTorch(weightsPath, vocabularyPath);
            terminal.Error.WriteLine($"The weights are in {weightsPath}, the words in {vocabularyPath}.");
            return ExitCode.Done;
        });
        return command;
    }
}
