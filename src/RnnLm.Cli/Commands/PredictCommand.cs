using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
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

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.Prompts(value => prompts = value);
        flags.Value("-k", "How many words to predict for each prompt.", text => Values.WholeFrom(1, text), count, value => count = value);
        flags.Switch("--end-of-line", "Predict the end of the line too, as the word that stands for it.", () => exclude = SpecialWords.Unknown);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm predict model.rnnlm \"the cat sat on\"",
            "rnnlm predict model.rnnlm \"good morning\" \"good night\" -k 3 --json");
        return flags.ToCommand("predict", "Predicts the next word: the most probable ones, with their probabilities.",
            Run);
    }

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        if (count > model.Vocabulary.Count)
            throw new UsageException(FormattableString.Invariant($"-k is {count:N0}; it must be from 1 to {model.Vocabulary.Count:N0}, the words that the model knows."));
        foreach (var available in prompts.ReadAvailable(terminal, cancellation))
        {
            foreach (var (prompt, next) in available.Zip(NextWords(model, available)))
            {
                if (json) terminal.Out.WriteJson(new { Prompt = prompt, Next = next.Select(word => new { word.Word, word.Probability }) });
                else terminal.Show($"{prompt}\t{string.Join("  ", next.Select(word => FormattableString.Invariant($"{word.Word} {word.Probability:P1}")))}");
            }
            // Whoever asks one prompt after another waits for these answers.
            terminal.Out.Flush();
        }
        return ExitCode.Done;
    }

    private IReadOnlyList<NextWordPredictions> NextWords(LanguageModel model, IReadOnlyList<string> available)
        => available.Count == 1
            ? [model.NextWords(available[0], count, exclude)]
            : model.NextWordsMany(available, count, exclude, new BatchOptions { CancellationToken = cancellation });
}
