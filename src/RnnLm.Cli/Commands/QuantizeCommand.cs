using System.CommandLine;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm quantize MODEL OUTPUT</c></summary>
static class QuantizeCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = Shared.ModelArgument();
        var output = new Argument<string>("OUTPUT") { Description = "The model file to write." };
        var command = new Command("quantize", "Writes a model in 8-bit weights: about a quarter of the size, several times as fast, nearly the same predictions.") { model, output };
        command.SetAction(parsed => Quantize(parsed.GetRequiredValue(model), parsed.GetRequiredValue(output), terminal));
        return command;
    }

    private static int Quantize(string source, string target, Terminal terminal)
    {
        OutputFile.CheckWritable(target);
        var loaded = LanguageModel.Load(source);
        if (loaded.IsQuantized) terminal.Error.WriteLine($"{source} is of 8-bit weights already; it is copied.");
        var before = new FileInfo(source).Length;
        loaded.Quantize().Save(target);
        var after = new FileInfo(target).Length;
        terminal.Out.WriteLine(FormattableString.Invariant($"before         {source}, {before:N0} bytes"));
        terminal.Out.WriteLine(FormattableString.Invariant($"after          {target}, {after:N0} bytes, {(double)after / before:P1}"));
        return ExitCode.Done;
    }
}
