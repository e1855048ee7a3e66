using RnnLm.Cli.Answers;
using RnnLm.Cli.Filters;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm predict MODEL [PROMPT...]</c></summary>
sealed class PredictCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly FlagSet flags = new();
    private readonly FilterFormat format = new() { Results = ["next"] };
    private readonly BatchOptions batch = new() { CancellationToken = cancellation };
    private string modelPath = "";
    private PromptInput prompts = new();
    private int count = 5;
    private SpecialWords exclude = SpecialWords.All;
    private bool json;

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.Prompts(value => prompts = value);
        flags.Value("-k", "How many words to predict for each prompt.", text => Values.WholeFrom(1, text), count, value => count = value);
        flags.Switch("--end-of-line", "Predict the end of the line too, as the word that stands for it.", () => exclude = SpecialWords.Unknown);
        flags.Filter(format, batch, () => prompts.IsStandardInput);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm predict model.rnnlm \"the cat sat on\"",
            "rnnlm predict model.rnnlm \"good morning\" \"good night\" -k 3 --json",
            "cat prompts.jsonl | rnnlm predict model.rnnlm --input-format jsonl");
        return flags.ToCommand("predict", "Predicts the next word: the most probable ones, with their probabilities.",
            Run);
    }

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        if (count > model.Vocabulary.Count)
            throw new UsageException(FormattableString.Invariant($"-k is {count:N0}; it must be from 1 to {model.Vocabulary.Count:N0}, the words that the model knows."));
        var output = new FilterOutput(terminal, cancellation, format, json, "prompt");
        return new LineFilter(terminal, output, flags.Explain).Answer(
            prompts.ReadApart(format, terminal, cancellation),
            prompt => model.NextWords(prompt, count, exclude, cancellation),
            many => model.NextWordsMany(many, count, exclude, batch),
            (line, next) => Write(output, line, next));
    }

    private void Write(FilterOutput output, FilterLine line, NextWordPredictions next)
    {
        if (!output.IsJson)
        {
            terminal.Show($"{line.Text}\t{string.Join("  ", next.Select(word => FormattableString.Invariant($"{word.Word} {word.Probability:P1}")))}");
            return;
        }
        var answer = output.Begin(line);
        answer.List("next", next.Select(word => new PredictedWord(word.Word, word.Probability)));
        answer.End();
    }
}
