using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm generate MODEL [PROMPT...]</c></summary>
sealed class GenerateCommand(Terminal terminal, CancellationToken cancellation)
{
    private const string TopK = "--top-k";

    private readonly GenerationOptions options = new();
    private readonly FlagSet flags = new();
    private string modelPath = "";
    private PromptInput prompts = new();
    private readonly List<string> flagsOfSampling = []; // those that are given
    private int? alternatives;
    private bool json;

    /// <summary>How the most probable continuations are looked for; whoever asks for it searches.</summary>
    private BeamSearchOptions Beam => options.Beam ??= new BeamSearchOptions();

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.Prompts(value => prompts = value);
        flags.Value("--words", "The greatest number of words to add.", Values.Whole, options.MaximumWords,
            value => options.MaximumWords = value, nameof(options.MaximumWords));
        flags.Value("--minimum-words", "The least number of words to add: what would end the text before is not chosen.", Values.Whole, options.MinimumWords,
            value => options.MinimumWords = value, nameof(options.MinimumWords));
        flags.Value("--lines", "How many lines to add at most.", Values.Whole, options.Lines!.Value, value => options.Lines = value, nameof(options.Lines));
        flags.Optional("--stop", "Words with spaces between them: the text ends before any of them. [default: none]", Values.Words,
            value => options.StopBefore = value, nameof(options.StopBefore));
        flags.Optional("--stop-after", "Words with spaces between them: the text ends with any of them. [default: none]", Values.Words,
            value => options.StopAfter = value, nameof(options.StopAfter));
        DeclareSampling(flags);
        flags.Optional("--repetition-penalty", "By what log-probabilities of words are multiplied that the text has already; 1 is no penalty. [default: 1]", Values.Fraction,
            value => options.RepetitionPenalty = value, nameof(options.RepetitionPenalty));
        flags.Optional("--beam", "Look for the most probable text, with so many at a time. [default: the most probable word each time]", Values.Whole,
            value => Beam.Width = value, nameof(Beam.Width));
        double? lengthNormalization = null;
        flags.Optional("--length-normalization", "The power of the length by which a beam search divides log-probabilities: 0 favours short texts. [default: 1]", Values.Fraction,
            value => lengthNormalization = value, nameof(Beam.LengthNormalization));
        flags.Optional("--alternatives", "Give so many texts: the best of a beam, or so many drawn. [default: 1]", Values.Whole, value => alternatives = value);
        flags.Check(() => CheckBeam(lengthNormalization));
        flags.Check(CheckDrawing);
        flags.Check(options.Validate);
        flags.Check(CheckAlternatives);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm generate model.rnnlm \"once upon a time\"",
            "rnnlm generate model.rnnlm \"once upon a time\" --temperature 0.8 --top-p 0.9 --seed 1",
            "rnnlm generate model.rnnlm \"once upon a time\" --beam 5 --alternatives 3");
        return flags.ToCommand("generate",
            "Continues a text to the end of its line: with the most probable words, or where --temperature, --top-k, --top-p, --min-p or --seed is given, "
                + "with words drawn by their probability, or with --beam by the most probable text.",
            Run);
    }

    private void DeclareSampling(FlagSet flags)
    {
        Sampled("--temperature", "Below 1 favours probable words, above 1 evens words out. [default: 1]", Values.Fraction,
            (sampling, value) => sampling.Temperature = value, nameof(SamplingOptions.Temperature));
        Sampled(TopK, "Draw among this many of the most probable words. [default: all]", Values.Whole,
            (sampling, value) => sampling.TopK = value, nameof(SamplingOptions.TopK));
        Sampled("--top-p", "Draw among the fewest most probable words that have this probability together. [default: all]", Values.Fraction,
            (sampling, value) => sampling.TopP = value, nameof(SamplingOptions.TopP));
        Sampled("--min-p", "Draw among the words at least this share as probable as the most probable one. [default: all]", Values.Fraction,
            (sampling, value) => sampling.MinP = value, nameof(SamplingOptions.MinP));
        Sampled("--seed", "What the choices follow from. [default: another text each time]", Values.Whole,
            (sampling, value) => sampling.Seed = value, option: null);

        void Sampled<T>(string name, string description, Func<string, T> read, Action<SamplingOptions, T> set, string? option)
            => flags.Optional(name, description, read, value =>
            {
                flagsOfSampling.Add(name);
                set(options.Sampling ??= new SamplingOptions(), value);
            }, option);
    }

    private void CheckBeam(double? lengthNormalization)
    {
        if (options.Beam is not null && flagsOfSampling is [var sampled, ..])
            throw new UsageException($"{sampled} draws words, and --beam draws none; give one of them.");
        if (lengthNormalization is not { } power) return;
        if (options.Beam is null) throw new UsageException("--length-normalization goes with --beam.");
        Beam.LengthNormalization = power;
    }

    /// <summary>Of one word nothing is drawn, and nothing changes how.</summary>
    private void CheckDrawing()
    {
        if (options.Sampling is { TopK: 1 } && flagsOfSampling.Find(name => name != TopK) is { } idle)
            throw new UsageException($"{idle} has no effect beside {TopK} 1, which leaves the most probable word alone; leave one of them out.");
    }

    private void CheckAlternatives()
    {
        if (alternatives is not { } count) return;
        if (count < 1) throw new UsageException(FormattableString.Invariant($"--alternatives is {count}; it must be at least 1."));
        if (options.Beam is null && options.Sampling is null or { TopK: 1 })
            throw new UsageException("--alternatives goes with --beam, or with words that are drawn, as --temperature has them; there is one text of the most probable words.");
        if (options.Beam is { } beam && count > beam.Width)
            throw new UsageException(FormattableString.Invariant($"--alternatives is {count}; it must be at most {beam.Width}, which is --beam."));
    }

    private int Run()
    {
        options.CancellationToken = cancellation;
        var model = LanguageModel.Load(modelPath, cancellation);
        // Before a prompt is waited for, or written.
        flags.Suit(() => LanguageModel.CheckGeneration(options, model.Tokenizer, model.Vocabulary));
        foreach (var prompt in PromptsOrEmpty())
        {
            if (alternatives is { } count) WriteAlternatives(model, prompt, model.GenerateAlternatives(prompt, count, options));
            else if (json) WriteJson(model, prompt);
            else WriteText(model, prompt);
            // Whoever asks one prompt after another waits for this text.
            terminal.Out.Flush();
        }
        return ExitCode.Done;
    }

    private void WriteText(LanguageModel model, string prompt)
    {
        terminal.Out.Write(Printable.Lines(prompt));
        foreach (var piece in model.GenerateText(prompt, options)) terminal.Out.Write(options.Lines > 1 ? Printable.Lines(piece) : Printable.Line(piece));
        terminal.Out.WriteLine();
    }

    private void WriteJson(LanguageModel model, string prompt)
    {
        var words = model.GenerateWords(prompt, options).ToList();
        var answer = new JsonObjectWriter(terminal.Out, cancellation);
        answer.Text("prompt", prompt);
        answer.Text("continuation", string.Concat(model.Join(prompt, words)));
        answer.List("words", words.Select(Member));
        answer.End();
    }

    private void WriteAlternatives(LanguageModel model, string prompt, IReadOnlyList<TextContinuation> continuations)
    {
        if (!json)
        {
            foreach (var continuation in continuations)
                terminal.Out.WriteLine(FormattableString.Invariant($"{continuation.Score:F4}\t{Printable.Line(prompt + Behind(continuation))}"));
            return;
        }
        var answer = new JsonObjectWriter(terminal.Out, cancellation);
        answer.Text("prompt", prompt);
        answer.List("alternatives", continuations.Select(continuation => new AlternativeContinuation(
            Behind(continuation), continuation.Score, continuation.LogProbability, continuation.End, continuation.Words.Select(Member))));
        answer.End();

        string Behind(TextContinuation continuation) => string.Concat(model.Join(prompt, continuation.Words));
    }

    private static ContinuingWord Member(GeneratedWord word) => new(word.Word, word.LogProbability);

    /// <summary>The prompts; where there is none anywhere, the beginning of a line.</summary>
    private IEnumerable<string> PromptsOrEmpty()
        => prompts.IsStandardInput && terminal.IsInputInteractive
            ? [""]
            : prompts.ReadAvailable(terminal, cancellation).SelectMany(available => available).DefaultIfEmpty("");
}
