using System.Text;
using RnnLm.Prediction;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>Continues a text.</summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <returns>The continuation without the prompt, its words joined by the tokenizer and its lines by line feeds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public string Generate(string prompt, GenerationOptions? options = null)
    {
        var text = new StringBuilder();
        var line = new List<string>();
        foreach (var word in GenerateWords(prompt, options))
        {
            if (word.Id != Vocabulary.EndOfLineId)
            {
                line.Add(word.Word);
                continue;
            }
            text.Append(Tokenizer.Join(line)).Append('\n');
            line.Clear();
        }
        return text.Append(Tokenizer.Join(line)).ToString();
    }

    /// <summary>Continues a text word by word, each when it is asked for.</summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <returns>
    /// The words. The end-of-line word is among them only where the continuation does not stop there. With a seed, every enumeration
    /// gives the same words.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public IEnumerable<GeneratedWord> GenerateWords(string prompt, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return GenerateWords(Start(prompt), options);
    }

    /// <summary>Continues some words, each when it is asked for.</summary>
    /// <param name="words">The words; there may be none.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <inheritdoc cref="GenerateWords(string, GenerationOptions)"/>
    public IEnumerable<GeneratedWord> GenerateWords(IEnumerable<string> words, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        return GenerateWords(Start(words), options);
    }

    /// <summary>Continues what a state has read, word by word, each when it is asked for.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <inheritdoc cref="GenerateWords(string, GenerationOptions)"/>
    public IEnumerable<GeneratedWord> GenerateWords(RecurrentState state, GenerationOptions? options = null)
    {
        options ??= new GenerationOptions();
        options.Validate();
        Network.Check(state);
        return Continue(state.Clone(), options);
    }

    private IEnumerable<GeneratedWord> Continue(RecurrentState start, GenerationOptions options)
    {
        var state = start.Clone();
        var chooser = WordChooser.Create(options.Sampling);
        var logProbabilities = new float[Vocabulary.Count];
        for (var count = 0; count < options.MaximumWords; count++)
        {
            Network.LogProbabilities(state, logProbabilities);
            options.Exclude.ExcludeFrom(logProbabilities);
            var id = chooser.Choose(logProbabilities);
            var logProbability = logProbabilities[id];
            // Nothing is left of a vocabulary of special words when they are excluded.
            if (float.IsNegativeInfinity(logProbability) || (id == Vocabulary.EndOfLineId && options.StopAtEndOfLine)) yield break;
            yield return new GeneratedWord(Vocabulary[id], id, logProbability);
            Network.Step(id, state);
        }
    }
}
