using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;
using RnnLm.Persistence;
using RnnLm.Wording;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm quantize MODEL OUTPUT</c></summary>
sealed class QuantizeCommand(Terminal terminal, CancellationToken cancellation)
{
    private string source = "";
    private string target = "";

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => source = value);
        flags.OutputFile("OUTPUT", "The model file to write.", value => target = value);
        flags.Examples(
            "rnnlm quantize model.rnnlm small.rnnlm");
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
        terminal.Show($"before         {source}, {CountText.Of(before, "byte")}");
        terminal.Show($"after          {target}, {CountText.Of(after, "byte")}, {(double)after / before:P1}");
        return ExitCode.Done;
    }
}
