using RnnLm.Faults;

namespace RnnLm.Generation;

/// <summary>A text that ends a continuation, as the words that must come one after another.</summary>
/// <param name="Words">Their ids, at least one.</param>
/// <param name="IsKept">Whether it is part of the continuation.</param>
/// <param name="WholeWords">How many words of the language they are.</param>
internal sealed record StopText(int[] Words, bool IsKept, int WholeWords)
{
    /// <summary>The word that completes it.</summary>
    public int Last => Words[^1];

    /// <summary>The words before.</summary>
    public ReadOnlySpan<int> Beginning => Words.AsSpan(0, Words.Length - 1);

    /// <summary>How many words its completion takes off the continuation's end.</summary>
    public int Cut => IsKept ? 0 : Words.Length;

    /// <summary>The same in words of the language.</summary>
    public int WordsCut => IsKept ? 0 : WholeWords;

    /// <summary>Reads a text by a model's words: in one way, or where white space belongs to the words after it, in two, with a space before it and without.</summary>
    /// <param name="option">The option that has it.</param>
    /// <param name="text">The text.</param>
    /// <param name="isKept">Whether it is part of the continuation.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="vocabulary">The model's vocabulary.</param>
    /// <exception cref="ArgumentException">No continuation of the model comes to it.</exception>
    public static IEnumerable<StopText> Read(string option, string text, bool isKept, Tokenizer tokenizer, Vocabulary vocabulary)
    {
        if (!tokenizer.SplitsWords) return [ReadOne(tokenizer.Tokenize(text))];
        var line = tokenizer.LineOf(text).TrimStart().ToString();
        return [ReadOne(tokenizer.Tokenize(line)), ReadOne(tokenizer.Tokenize($" {line}"))];

        StopText ReadOne(IReadOnlyList<string> words)
        {
            if (words.Count == 0) throw Fault("the model's tokenizer finds no word in it");
            int[] ids = [.. words.Select(word => vocabulary.IdOf(word))];
            var unknown = Array.IndexOf(ids, Vocabulary.UnknownId);
            if (unknown >= 0) throw Fault($"the model does not know the word {Quotation.Of(words[unknown])}, so no continuation comes to it");
            if (ids.Contains(Vocabulary.EndOfLineId)) throw Fault($"it has the end-of-line word in it; ends of lines are counted by {nameof(GenerationOptions.Lines)}");
            return new StopText(ids, isKept, tokenizer.SplitsWords ? Scoring.WholeWords.Count(ids, vocabulary) : ids.Length);
        }

        ArgumentException Fault(string what) => new($"{option} has {Quotation.Of(text)}: {what}.");
    }
}
