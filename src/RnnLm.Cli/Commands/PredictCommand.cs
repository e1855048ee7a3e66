using System.CommandLine;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm predict MODEL [PROMPT...]</c></summary>
static class PredictCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = Shared.ModelArgument();
        var prompts = Shared.PromptArgument();
        var count = new Option<int>("-k") { Description = "How many words to predict for each prompt.", DefaultValueFactory = _ => 5 };
        var json = Shared.JsonOption();
        var command = new Command("predict", "Predicts the next word: the most probable ones, with their probabilities.") { model, prompts, count, json };
        command.SetAction(parsed => Predict(
            LanguageModel.Load(parsed.GetRequiredValue(model)), parsed.GetValue(prompts), parsed.GetValue(count), terminal, parsed.GetValue(json), cancellation));
        return command;
    }

    private static int Predict(LanguageModel model, IReadOnlyList<string>? prompts, int count, Terminal terminal, bool json, CancellationToken cancellation)
    {
        foreach (var prompt in Shared.ReadPrompts(prompts, terminal))
        {
            cancellation.ThrowIfCancellationRequested();
            var next = model.NextWords(prompt, count);
            if (json)
                terminal.Out.WriteJson(new { Prompt = prompt, Next = next.Select(word => new { word.Word, word.Probability }) });
            else
                terminal.Out.WriteLine($"{prompt}\t{string.Join("  ", next.Select(word => FormattableString.Invariant($"{word.Word} {word.Probability:P1}")))}");
            // Whoever asks one prompt after another waits for this answer.
            terminal.Out.Flush();
        }
        return ExitCode.Done;
    }
}
