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
        var model = LanguageModel.Load(modelPath);
        foreach (var prompt in PromptsOrEmpty())
        {
            var words = new List<GeneratedWord>();
            foreach (var word in model.GenerateWords(prompt, options))
            {
                cancellation.ThrowIfCancellationRequested();
                words.Add(word);
            }
            var continuation = Continuation(model.Tokenizer, prompt, words.Select(word => word.Word));
            if (json) terminal.Out.WriteJson(new { Prompt = prompt, Continuation = continuation, Words = words.Select(word => new { word.Word, word.LogProbability }) });
            else terminal.Out.WriteLine(Printable.Lines(prompt) + Printable.Line(continuation));
            // Whoever asks one prompt after another waits for this text.
            terminal.Out.Flush();
        }
        return ExitCode.Done;
    }

    /// <summary>
    /// What the words add to a prompt, which stays as it was typed: what joining all words has more than joining those of the prompt, with a space before it
    /// only where the tokenizer puts one and the prompt has none at its end.
    /// </summary>
    private static string Continuation(Tokenizer tokenizer, string prompt, IEnumerable<string> words)
    {
        var read = tokenizer.Tokenize(prompt);
        var before = tokenizer.Join(read);
        var all = tokenizer.Join(read.Concat(words));
        var added = all.StartsWith(before, StringComparison.Ordinal) ? all[before.Length..] : $" {tokenizer.Join(words)}";
        return prompt.Length == 0 || char.IsWhiteSpace(prompt[^1]) ? added.TrimStart(' ') : added;
    }

    /// <summary>The prompts; where there is none anywhere, the beginning of a line.</summary>
    private IEnumerable<string> PromptsOrEmpty()
        => prompts.IsStandardInput && terminal.IsInputInteractive
            ? [""]
            : prompts.ReadAvailable(terminal, cancellation).SelectMany(available => available).DefaultIfEmpty("");
}
