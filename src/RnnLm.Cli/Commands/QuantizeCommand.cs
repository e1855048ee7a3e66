using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Output;
using RnnLm.Persistence;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm quantize MODEL OUTPUT</c></summary>
sealed class QuantizeCommand(Terminal terminal, CancellationToken cancellation)
{
    private string source = "";
    private string target = "";

    public Command Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => source = value);
        flags.OutputFile("OUTPUT", "The model file to write.", value => target = value);
        return flags.ToCommand("quantize", "Writes a model in 8-bit weights: about a quarter of the size, several times as fast, nearly the same predictions.",
            Run);
    }

    private int Run()
    {
        var loaded = LanguageModel.Load(source, cancellation);
        if (loaded.IsQuantized) terminal.Tell($"{Printable.Quotation(source)} is of 8-bit weights already; it is copied.");
        var before = FileIdentity.LengthOf(source);
        loaded.Quantize().Save(target, cancellation);
        var after = FileIdentity.LengthOf(target);
        terminal.Show($"before         {source}, {before:N0} bytes");
        terminal.Show($"after          {target}, {after:N0} bytes, {(double)after / before:P1}");
        return ExitCode.Done;
    }
}
