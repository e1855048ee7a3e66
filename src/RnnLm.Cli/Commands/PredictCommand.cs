using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm predict MODEL [PROMPT...]</c></summary>
sealed class PredictCommand(Terminal terminal, CancellationToken cancellation)
{
    private string modelPath = "";
    private PromptInput prompts = new();
    private int count = 5;
    private SpecialWords exclude = SpecialWords.All;
    private bool json;

    public Command Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.Prompts(value => prompts = value);
        flags.Value("-k", "How many words to predict for each prompt.", count, value => count = value);
        flags.Switch("--end-of-line", "Predict the end of the line too, as the word that stands for it.",
            value => exclude = value ? SpecialWords.Unknown : SpecialWords.All);
        flags.Json(value => json = value);
        return flags.ToCommand("predict", "Predicts the next word: the most probable ones, with their probabilities.",
            Run);
    }

    private int Run()
    {
        var model = LanguageModel.Load(modelPath);
        foreach (var prompt in prompts.Read(terminal))
        {
            cancellation.ThrowIfCancellationRequested();
            var next = model.NextWords(prompt, count, exclude);
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
