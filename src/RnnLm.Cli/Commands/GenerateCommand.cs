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
    private bool json;

    /// <summary>How words are drawn; whoever asks for it draws.</summary>
    private SamplingOptions Sampling => options.Sampling ??= new SamplingOptions();

    public Command Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.Prompts(value => prompts = value);
        flags.Value("--words", "The greatest number of words to add.", Values.Whole, options.MaximumWords,
            value => options.MaximumWords = value, nameof(options.MaximumWords));
        flags.Optional("--temperature", "Below 1 favours probable words, above 1 evens words out. [default: 1]", Values.Fraction,
            value => Sampling.Temperature = value, nameof(Sampling.Temperature));
        flags.Optional("--top-k", "Draw among this many of the most probable words. [default: all]", Values.Whole,
            value => Sampling.TopK = value, nameof(Sampling.TopK));
        flags.Optional("--seed", "What the choices follow from. [default: another text each time]", Values.Whole, value => Sampling.Seed = value);
        flags.Check(options.Validate);
        flags.Json(() => json = true);
        return flags.ToCommand("generate",
            "Continues a text to the end of its line: with the most probable words, or where --temperature, --top-k or --seed is given, "
                + "with words drawn by their probability.",
            Run);
    }

    private int Run()
    {
        options.CancellationToken = cancellation;
        var model = LanguageModel.Load(modelPath, cancellation);
        foreach (var prompt in PromptsOrEmpty())
        {
            if (json) WriteJson(model, prompt);
            else WriteText(model, prompt);
            // Whoever asks one prompt after another waits for this text.
            terminal.Out.Flush();
        }
        return ExitCode.Done;
    }

    private void WriteText(LanguageModel model, string prompt)
    {
        terminal.Out.Write(Printable.Lines(prompt));
        foreach (var piece in model.GenerateText(prompt, options)) terminal.Out.Write(Printable.Line(piece));
        terminal.Out.WriteLine();
    }

    private void WriteJson(LanguageModel model, string prompt)
    {
        var words = model.GenerateWords(prompt, options).ToList();
        var answer = new JsonObjectWriter(terminal.Out, cancellation);
        answer.Text("prompt", prompt);
        answer.Text("continuation", string.Concat(model.Join(prompt, words)));
        answer.List("words", words.Select(word => new { word.Word, word.LogProbability }));
        answer.End();
    }

    /// <summary>The prompts; where there is none anywhere, the beginning of a line.</summary>
    private IEnumerable<string> PromptsOrEmpty()
        => prompts.IsStandardInput && terminal.IsInputInteractive
            ? [""]
            : prompts.ReadAvailable(terminal, cancellation).SelectMany(available => available).DefaultIfEmpty("");
}
