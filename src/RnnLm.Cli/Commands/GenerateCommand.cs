using System.CommandLine;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm generate MODEL [PROMPT...]</c></summary>
static class GenerateCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = Shared.ModelArgument();
        var prompts = Shared.PromptArgument();
        var words = new Option<int>("--words") { Description = "The greatest number of words to add.", DefaultValueFactory = _ => 50 };
        var temperature = new Option<double?>("--temperature") { Description = "Below 1 favours probable words, above 1 evens words out. [default: 1]" };
        var topK = new Option<int?>("--top-k") { Description = "Draw among this many of the most probable words. [default: all]" };
        var seed = new Option<int?>("--seed") { Description = "What the choices follow from. [default: another text each time]" };
        var command = new Command("generate",
            "Continues a text to the end of its line: with the most probable words, or where --temperature, --top-k or --seed is given, with words drawn by their probability.")
        {
            model, prompts, words, temperature, topK, seed,
        };
        command.SetAction(parsed =>
        {
            var isSampled = parsed.GetValue(temperature) ?? parsed.GetValue(topK) ?? parsed.GetValue(seed);
            var options = new GenerationOptions
            {
                MaximumWords = parsed.GetValue(words),
                Sampling = isSampled is null ? null : new SamplingOptions
                {
                    Temperature = parsed.GetValue(temperature) ?? 1,
                    TopK = parsed.GetValue(topK),
                    Seed = parsed.GetValue(seed),
                },
            };
            options.Validate();
            return Generate(LanguageModel.Load(parsed.GetRequiredValue(model)), PromptsOrEmpty(parsed.GetValue(prompts), terminal), options, terminal, cancellation);
        });
        return command;
    }

    /// <summary>The prompts; where there is none anywhere, the beginning of a line.</summary>
    private static IEnumerable<string> PromptsOrEmpty(IReadOnlyList<string>? prompts, Terminal terminal)
    {
        if (prompts is not { Count: > 0 } && terminal.IsInputInteractive) return [""];
        return Shared.ReadPrompts(prompts, terminal).DefaultIfEmpty("");
    }

    private static int Generate(LanguageModel model, IEnumerable<string> prompts, GenerationOptions options, Terminal terminal, CancellationToken cancellation)
    {
        foreach (var prompt in prompts)
        {
            cancellation.ThrowIfCancellationRequested();
            var words = model.Tokenizer.Tokenize(prompt);
            terminal.Out.WriteLine(model.Tokenizer.Join(words.Concat(model.GenerateWords(prompt, options).Select(word => word.Word))));
            terminal.Out.Flush();
        }
        return ExitCode.Done;
    }
}
