using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Reads a corpus once, line by line, for a vocabulary to be made of it and then the corpus to be written in the ids of that
/// vocabulary. While it is read it takes 4 bytes a word and the distinct words; the finished stream takes another 4 bytes a word.
/// </summary>
/// <remarks>Where the vocabulary is known beforehand, <see cref="TokenStreamEncoder"/> does without the detour.</remarks>
public sealed class TokenStreamBuilder : LineEncoder
{
    private const int EndOfLine = -1;

    private readonly VocabularyBuilder counter = new();

    /// <summary>Makes a builder that has read nothing.</summary>
    /// <param name="tokenizer">What splits lines into words.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tokenizer"/> is null.</exception>
    public TokenStreamBuilder(Tokenizer tokenizer)
        : base(tokenizer, EndOfLine)
    {
    }

    /// <summary>The number of words read, end-of-line words not included.</summary>
    public long WordCount => counter.Count;

    /// <summary>The number of distinct words read.</summary>
    public int DistinctWordCount => counter.DistinctCount;

    /// <summary>Makes a vocabulary of the words read so far, as <see cref="VocabularyBuilder.Build"/> does.</summary>
    /// <param name="options">The options; null stands for the defaults.</param>
    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    /// <exception cref="InvalidOperationException">No word was read, or nothing but the special words is left.</exception>
    public Vocabulary BuildVocabulary(VocabularyOptions? options = null)
    {
        if (counter.Count > 0) return counter.Build(options);
        (options ?? new VocabularyOptions()).Validate();
        throw new InvalidOperationException(
            $"There is no word to make a vocabulary of: {LineCount} lines were read and none has a word{(SkippedLines == 0 ? "" : $", and {SkippedLines} were left out as null or blank")}. Give text that has words.");
    }

    /// <summary>Makes a vocabulary of another one and the words read so far that it lacks, as <see cref="VocabularyBuilder.Extend"/> does.</summary>
    /// <param name="vocabulary">The vocabulary to extend.</param>
    /// <param name="options">The options; null stands for the defaults.</param>
    /// <returns>The longer vocabulary, or <paramref name="vocabulary"/> itself where no word is new.</returns>
    /// <exception cref="ArgumentException">An option is out of range or does not go with the vocabulary.</exception>
    public Vocabulary ExtendVocabulary(Vocabulary vocabulary, VocabularyOptions? options = null) => counter.Extend(vocabulary, options);

    /// <summary>Writes what was read so far in the ids of a vocabulary, be it made of this text or another.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <returns>The stream; it is empty where no line was read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="vocabulary"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There are more words than a stream holds, about two thousand million.</exception>
    public TokenStream Build(Vocabulary vocabulary) => Build(vocabulary, default, Position);

    /// <summary>Leaves all from a position on out of the counts, and so out of the vocabulary: what is held out must not be known beforehand.</summary>
    internal void HoldOut(TextPosition start)
    {
        foreach (var index in Ids.ToArray(start.Ids, Ids.Count))
            if (index != EndOfLine) counter.Discount(index);
    }

    /// <summary>Writes a part of what was read in the ids of a vocabulary.</summary>
    internal TokenStream Build(Vocabulary vocabulary, TextPosition start, TextPosition end)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var translation = new int[counter.DistinctCount];
        for (var index = 0; index < translation.Length; index++) translation[index] = vocabulary.IdOf(counter.Words[index]);

        var ids = Ids.ToArray(start.Ids, end.Ids);
        foreach (ref var id in ids.AsSpan()) id = id == EndOfLine ? Vocabulary.EndOfLineId : translation[id];
        return new TokenStream(ids, end.Lines - start.Lines, ids.AsSpan().Count(Vocabulary.UnknownId), end.SkippedLines - start.SkippedLines);
    }

    private protected override int Identify(ReadOnlySpan<char> word) => counter.CountWord(word);
}
