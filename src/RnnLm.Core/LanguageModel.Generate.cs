using System.Text;
using RnnLm.Generation;
using RnnLm.Text;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>Continues a text.</summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <returns>
    /// The continuation by itself, its words joined by the tokenizer and its lines by line feeds. To have it behind the prompt, with the
    /// space between them that a person would leave, use <see cref="GenerateText"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or does not go with another.</exception>
    /// <exception cref="ArgumentException">A stop text has a word that the model does not know.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string Generate(string prompt, GenerationOptions? options = null) => TextOf(GenerateWords(prompt, options));

    /// <summary>
    /// Continues a text piece by piece, each when it is asked for: what a program writes behind the prompt while the text comes into being. The
    /// prompt stays as it was typed, so <c>prompt + string.Concat(model.GenerateText(prompt))</c> is the whole text.
    /// </summary>
    /// <param name="prompt">The text; it may be empty, and of several lines.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <returns>
    /// The pieces, mostly a word each, with the space before it that a person would leave. With a seed, every enumeration gives the same
    /// pieces. Those of a beam search are known together, when it is over.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or does not go with another.</exception>
    /// <exception cref="ArgumentException">A stop text has a word that the model does not know.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled: while the prompt is read, or while pieces are asked for.</exception>
    public IEnumerable<string> GenerateText(string prompt, GenerationOptions? options = null) => Join(prompt, GenerateWords(prompt, options));

    /// <summary>
    /// Continues a text word by word, each when it is asked for. A model of subwords gives a piece at a time; the options count whole words.
    /// </summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <returns>
    /// The words. The end-of-line word is among them only where the continuation does not stop there. With a seed, every enumeration
    /// gives the same words. Those of a beam search are known together, when it is over.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or does not go with another.</exception>
    /// <exception cref="ArgumentException">A stop text has a word that the model does not know.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled: while the prompt is read, or while words are asked for.</exception>
    public IEnumerable<GeneratedWord> GenerateWords(string prompt, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var (checkedOptions, endings) = Checked(options);
        return Continue(Start(prompt, checkedOptions.CancellationToken), checkedOptions, endings);
    }

    /// <summary>Continues some words, each when it is asked for.</summary>
    /// <param name="words">The words; there may be none. Those that are null or empty are passed over.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <inheritdoc cref="GenerateWords(string, GenerationOptions)" path="/*[not(self::param)]"/>
    public IEnumerable<GeneratedWord> GenerateWords(IEnumerable<string?> words, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        var (checkedOptions, endings) = Checked(options);
        return Continue(Start(words, checkedOptions.CancellationToken), checkedOptions, endings);
    }

    /// <summary>Continues what a state has read, word by word, each when it is asked for.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <inheritdoc cref="GenerateWords(string, GenerationOptions)" path="/*[not(self::param)]"/>
    public IEnumerable<GeneratedWord> GenerateWords(RecurrentState state, GenerationOptions? options = null)
    {
        var (checkedOptions, endings) = Checked(options);
        Check(state);
        return Continue(state.Clone(), checkedOptions, endings);
    }

    /// <summary>Words that continue a prompt, as pieces of the text behind it.</summary>
    internal IEnumerable<string> Join(string prompt, IEnumerable<GeneratedWord> words)
    {
        var text = new StringBuilder();
        var joiner = Tokenizer.CreateJoiner(prompt, text);
        foreach (var word in words)
        {
            Write(word, joiner);
            if (text.Length == 0) continue;
            yield return text.ToString();
            text.Clear();
        }
        joiner.Finish();
        if (text.Length > 0) yield return text.ToString();
    }

    private string TextOf(IEnumerable<GeneratedWord> words)
    {
        var text = new StringBuilder();
        var joiner = Tokenizer.CreateJoiner(typed: "", text);
        foreach (var word in words) Write(word, joiner);
        joiner.Finish();
        return text.ToString();
    }

    private static void Write(GeneratedWord word, WordJoiner joiner)
    {
        if (word.Id == Vocabulary.EndOfLineId) joiner.EndLine();
        else joiner.Add(word.Word);
    }

    /// <summary>Options as they are now, and what ends continuations by them.</summary>
    private (GenerationOptions Options, Endings Endings) Checked(GenerationOptions? options)
    {
        options ??= new GenerationOptions();
        options.Validate();
        return (options.Clone(), new Endings(options, Tokenizer, Vocabulary));
    }

    private IEnumerable<GeneratedWord> Continue(RecurrentState start, GenerationOptions options, Endings endings)
    {
        // Made anew by every enumeration, with the random numbers of its seed.
        var words = options.Beam is null
            ? StepByStep(start, options, new StepwiseContinuation(options, endings, WordChooser.Create(options.Sampling)))
            : Search(start, options, endings, count: 1)[0].Words;
        foreach (var word in words) yield return word;
    }

    private IEnumerable<GeneratedWord> StepByStep(RecurrentState start, GenerationOptions options, StepwiseContinuation continuation)
    {
        var state = start.Clone();
        var logProbabilities = new float[Vocabulary.Count];
        while (continuation.End is null)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            LogProbabilities(state, logProbabilities);
            var id = continuation.Step(logProbabilities);
            while (continuation.TryTake(out var word)) yield return new GeneratedWord(Vocabulary[word.Id], word.Id, word.LogProbability);
            if (continuation.End is null) Network.Step(id, state);
        }
    }
}
