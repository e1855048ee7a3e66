using RnnLm.Generation;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>Continues a text in several ways.</summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="count">How many continuations, at least 1; no more than a beam is wide, and 1 where neither a beam nor sampling makes several.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <returns>
    /// The continuations. Those of a beam search are all different, the one of the greatest score first, and there are fewer where it found no more. Those that
    /// were drawn come in the order in which they were, the first as <see cref="Generate"/> draws it with the same seed, and some may be the same.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> cannot be had, or an option is out of range or does not go with another.
    /// </exception>
    /// <exception cref="ArgumentException">A stop text has a word that the model does not know.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<TextContinuation> GenerateAlternatives(string prompt, int count, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var (checkedOptions, endings) = Checked(options);
        CheckAlternatives(count, checkedOptions);
        return Alternatives(Start(prompt, checkedOptions.CancellationToken), count, checkedOptions, endings);
    }

    /// <summary>Continues some words in several ways.</summary>
    /// <param name="words">The words; there may be none. Those that are null or empty are passed over.</param>
    /// <param name="count">How many continuations, at least 1; no more than a beam is wide, and 1 where neither a beam nor sampling makes several.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <inheritdoc cref="GenerateAlternatives(string, int, GenerationOptions)" path="/*[not(self::param)]"/>
    public IReadOnlyList<TextContinuation> GenerateAlternatives(IEnumerable<string?> words, int count, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        var (checkedOptions, endings) = Checked(options);
        CheckAlternatives(count, checkedOptions);
        return Alternatives(Start(words, checkedOptions.CancellationToken), count, checkedOptions, endings);
    }

    /// <summary>Continues what a state has read in several ways.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="count">How many continuations, at least 1; no more than a beam is wide, and 1 where neither a beam nor sampling makes several.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <inheritdoc cref="GenerateAlternatives(string, int, GenerationOptions)" path="/*[not(self::param)]"/>
    public IReadOnlyList<TextContinuation> GenerateAlternatives(RecurrentState state, int count, GenerationOptions? options = null)
    {
        var (checkedOptions, endings) = Checked(options);
        CheckAlternatives(count, checkedOptions);
        Check(state);
        return Alternatives(state, count, checkedOptions, endings);
    }

    /// <summary>Throws where options do not go with a model of these parts, as where a stop text has a word that it does not know.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal static void CheckGeneration(GenerationOptions options, Tokenizer tokenizer, Vocabulary vocabulary) => _ = new Endings(options, tokenizer, vocabulary);

    /// <summary>What is wrong with a number of continuations; null where nothing is.</summary>
    internal static string? FaultOfAlternatives(int count, GenerationOptions options)
        => count < 1 ? FormattableString.Invariant($"must be at least 1, and is {count}")
            : options.Beam is { } beam && count > beam.Width ? FormattableString.Invariant($"must be at most {beam.Width}, which the beam is wide, and is {count}")
            : options.Beam is null && options.Sampling is null && count > 1
                ? FormattableString.Invariant($"must be 1 where neither Beam nor Sampling makes several, and is {count}")
                : null;

    private static void CheckAlternatives(int count, GenerationOptions options)
    {
        if (FaultOfAlternatives(count, options) is { } fault)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The number of continuations {fault}.");
    }

    private TextContinuation[] Alternatives(RecurrentState start, int count, GenerationOptions options, Endings endings)
    {
        if (options.Beam is not null) return Search(start, options, endings, count);
        var chooser = WordChooser.Create(options.Sampling);
        var drawn = new List<TextContinuation>();
        while (drawn.Count < count)
        {
            var continuation = new StepwiseContinuation(options, endings, chooser);
            GeneratedWord[] words = [.. StepByStep(start, options, continuation)];
            drawn.Add(new TextContinuation(TextOf(words), words, continuation.LogProbability, continuation.LogProbability, continuation.End!.Value));
        }
        return [.. drawn];
    }

    private TextContinuation[] Search(RecurrentState start, GenerationOptions options, Endings endings, int count)
    {
        BeamStates states = mixture is null ? new NetworkBeamStates(Network, start, options.Beam!.Width) : new MixtureBeamStates(mixture, start);
        return [.. new BeamSearch(states, options, endings, count).Run(options.CancellationToken).Select(ToContinuation)];
    }

    private TextContinuation ToContinuation(FinishedHypothesis finished)
    {
        GeneratedWord[] words =
        [
            .. finished.Hypothesis.Backwards().Skip(finished.Ending.Cut).Reverse()
                .Select(hypothesis => new GeneratedWord(Vocabulary[hypothesis.Word], hypothesis.Word, hypothesis.WordLogProbability)),
        ];
        return new TextContinuation(TextOf(words), words, finished.Hypothesis.LogProbability, finished.Score, finished.Ending.End);
    }
}
