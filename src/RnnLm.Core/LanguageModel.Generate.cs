using System.Text;
using RnnLm.Prediction;
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
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string Generate(string prompt, GenerationOptions? options = null)
    {
        var text = new StringBuilder();
        var joiner = Tokenizer.CreateJoiner(typed: "", text);
        foreach (var word in GenerateWords(prompt, options)) Write(word, joiner);
        joiner.Finish();
        return text.ToString();
    }

    /// <summary>
    /// Continues a text piece by piece, each when it is asked for: what a program writes behind the prompt while the text comes into being. The
    /// prompt stays as it was typed, so <c>prompt + string.Concat(model.GenerateText(prompt))</c> is the whole text.
    /// </summary>
    /// <param name="prompt">The text; it may be empty, and of several lines.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <returns>
    /// The pieces, mostly a word each, with the space before it that a person would leave. With a seed, every enumeration gives the same
    /// pieces.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled: while the prompt is read, or while pieces are asked for.</exception>
    public IEnumerable<string> GenerateText(string prompt, GenerationOptions? options = null) => Join(prompt, GenerateWords(prompt, options));

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

    private static void Write(GeneratedWord word, WordJoiner joiner)
    {
        if (word.Id == Vocabulary.EndOfLineId) joiner.EndLine();
        else joiner.Add(word.Word);
    }

    /// <summary>
    /// Continues a text word by word, each when it is asked for. A model of subwords gives a piece at a time; <see cref="GenerationOptions.MaximumWords"/> counts whole
    /// words.
    /// </summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <returns>
    /// The words. The end-of-line word is among them only where the continuation does not stop there. With a seed, every enumeration
    /// gives the same words.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled: while the prompt is read, or while words are asked for.</exception>
    public IEnumerable<GeneratedWord> GenerateWords(string prompt, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return GenerateWords(Start(prompt, options?.CancellationToken ?? default), options);
    }

    /// <summary>Continues some words, each when it is asked for.</summary>
    /// <param name="words">The words; there may be none. Those that are null or empty are passed over.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <inheritdoc cref="GenerateWords(string, GenerationOptions)"/>
    public IEnumerable<GeneratedWord> GenerateWords(IEnumerable<string?> words, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        return GenerateWords(Start(words, options?.CancellationToken ?? default), options);
    }

    /// <summary>Continues what a state has read, word by word, each when it is asked for.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <inheritdoc cref="GenerateWords(string, GenerationOptions)"/>
    public IEnumerable<GeneratedWord> GenerateWords(RecurrentState state, GenerationOptions? options = null)
    {
        options ??= new GenerationOptions();
        options.Validate();
        Check(state);
        return Continue(state.Clone(), options);
    }

    private const int MostPieces = 64; // of a word

    private IEnumerable<GeneratedWord> Continue(RecurrentState start, GenerationOptions options)
    {
        var state = start.Clone();
        var chooser = WordChooser.Create(options.Sampling);
        var logProbabilities = new float[Vocabulary.Count];
        var pieces = 0;
        for (var count = 0; count < options.MaximumWords;)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            LogProbabilities(state, logProbabilities);
            options.Exclude.ExcludeFrom(logProbabilities);
            var id = chooser.Choose(logProbabilities);
            var logProbability = logProbabilities[id];
            // Nothing is left of a vocabulary of special words when they are excluded.
            if (float.IsNegativeInfinity(logProbability) || (id == Vocabulary.EndOfLineId && options.StopAtEndOfLine)) yield break;
            yield return new GeneratedWord(Vocabulary[id], id, logProbability);
            Network.Step(id, state);
            // A word of pieces is one word; but what never ends is none.
            if (EndsWord(id) || ++pieces == MostPieces) (count, pieces) = (count + 1, 0);
        }
    }
}
