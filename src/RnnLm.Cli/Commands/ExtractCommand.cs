using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm extract PIPELINE MODEL</c></summary>
sealed class ExtractCommand(Terminal terminal, CancellationToken cancellation)
{
    private string pipeline = "";
    private string output = "";
    private string? column;
    private int? index;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.InputFile("PIPELINE", "A pipeline that ML.NET saved (a zip file), with a language model of RnnLm.Transforms in it.", value => pipeline = value);
        flags.OutputFile("MODEL", "The model file to write.", value => output = value);
        flags.Optional("--column", "A column that the model makes; only where the pipeline has several models.", Values.Text, value => column = value, shows: Placeholder.Name);
        flags.Optional("--index", "Which of several models, from 0 in the order in which they run.", text => Values.WholeFrom(0, text), value => index = value);
        flags.Calls(nameof(LanguageModel.LoadFromPipeline), "--index");
        flags.Examples(
            "rnnlm extract pipeline.zip model.rnnlm",
            "rnnlm extract pipeline.zip model.rnnlm --column NextWord");
        return flags.ToCommand("extract", "Takes the language model out of a pipeline that ML.NET saved.", Run);
    }

    private int Run()
    {
        OutputFile.Save(LanguageModel.LoadFromPipeline(pipeline, column, index, cancellation), output, cancellation);
        terminal.Tell($"The model is in {Printable.Quotation(output)}. Steps of the pipeline before it, such as NormalizeText, are no part of it.");
        return ExitCode.Done;
    }
}
