using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm generate MODEL [PROMPT...]</c></summary>
sealed class GenerateCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly GenerationOptions options = new();
    private string modelPath = "";
    private PromptInput prompts = new();

    /// <summary>How words are drawn; whoever asks for it draws.</summary>
    private SamplingOptions Sampling => options.Sampling ??= new SamplingOptions();

    public Command Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.Prompts(value => prompts = value);
        flags.Value("--words", "The greatest number of words to add.", options.MaximumWords, value => options.MaximumWords = value);
        flags.Optional<double>("--temperature", "Below 1 favours probable words, above 1 evens words out. [default: 1]", value => Sampling.Temperature = value);
        flags.Optional<int>("--top-k", "Draw among this many of the most probable words. [default: all]", value => Sampling.TopK = value);
        flags.Optional<int>("--seed", "What the choices follow from. [default: another text each time]", value => Sampling.Seed = value);
        return flags.ToCommand("generate",
            "Continues a text to the end of its line: with the most probable words, or where --temperature, --top-k or --seed is given, "
                + "with words drawn by their probability.",
            Run);
    }

    private int Run()
    {
        options.CancellationToken = cancellation;
        options.Validate();
        var model = LanguageModel.Load(modelPath);
        foreach (var prompt in PromptsOrEmpty())
        {
            terminal.Out.Write(prompt);
            foreach (var piece in model.GenerateText(prompt, options)) terminal.Out.Write(piece);
            terminal.Out.WriteLine();
            terminal.Out.Flush();
        }
        return ExitCode.Done;
    }

    /// <summary>The prompts; where there is none anywhere, the beginning of a line.</summary>
    private IEnumerable<string> PromptsOrEmpty()
        => prompts.IsStandardInput && terminal.IsInputInteractive ? [""] : prompts.Read(terminal).DefaultIfEmpty("");
}
