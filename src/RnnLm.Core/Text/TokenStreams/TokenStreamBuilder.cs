using RnnLm.Text;
using RnnLm.Wording;

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
    private readonly SubwordOptions? learned; // how subwords are to be learned of what is read
    private readonly SubwordTokenizer? given;
    private LearnedSubwords? subwords; // what has been learned
    private (Vocabulary Vocabulary, int[] Ids)? translation; // the ids of the distinct words in a vocabulary

    /// <summary>Makes a builder that has read nothing.</summary>
    /// <param name="tokenizer">What splits lines into words.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tokenizer"/> is null.</exception>
    public TokenStreamBuilder(Tokenizer tokenizer)
        : base(tokenizer, EndOfLine)
        => given = tokenizer as SubwordTokenizer;

    /// <summary>
    /// Makes a builder that has read nothing, and is to learn subwords of what it reads: <see cref="LearnSubwords"/>, then <see cref="BuildVocabulary"/> and
    /// <see cref="Build(Vocabulary)"/>. So the text is read once.
    /// </summary>
    /// <param name="subwords">How they are learned.</param>
    /// <exception cref="ArgumentNullException"><paramref name="subwords"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public TokenStreamBuilder(SubwordOptions subwords)
        : base(SpacedWordTokenizer.Instance, EndOfLine)
    {
        ArgumentNullException.ThrowIfNull(subwords);
        subwords.Validate();
        learned = subwords.Clone();
        CancellationToken = subwords.CancellationToken;
    }

    /// <summary>The number of words read, end-of-line words not included; of a tokenizer of subwords, the pieces, but whole words where those are yet to be learned.</summary>
    public long WordCount => counter.Count;

    /// <summary>The number of distinct words read.</summary>
    public int DistinctWordCount => counter.DistinctCount;

    /// <summary>Learns subwords of the words read so far. Words that are read later are split into pieces like the others, but have no part in it.</summary>
    /// <returns>The tokenizer, the same each time.</returns>
    /// <exception cref="InvalidOperationException">No word was read, or the builder was made with a tokenizer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SubwordTokenizer LearnSubwords()
    {
        if (learned is null) throw new InvalidOperationException($"The builder has a tokenizer and learns none; make it with {nameof(SubwordOptions)}.");
        if (counter.Count == 0) throw NoWord("learn subwords of");
        return (subwords ??= LearnedSubwords.Of(counter, learned, CancellationToken)).Tokenizer;
    }

    /// <summary>
    /// Makes a vocabulary of the words read so far, as <see cref="VocabularyBuilder.Build"/> does. One of subwords has every piece, whether or not the text does.
    /// </summary>
    /// <param name="options">The options; null stands for the defaults.</param>
    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    /// <exception cref="InvalidOperationException">No word was read, or nothing but the special words is left.</exception>
    public Vocabulary BuildVocabulary(VocabularyOptions? options = null)
    {
        if (counter.Count == 0)
        {
            (options ?? new VocabularyOptions()).Validate();
            throw NoWord("make a vocabulary of");
        }
        if (learned is not null) LearnSubwords();
        return subwords is not null ? subwords.BuildVocabulary(counter, options)
            : given is not null ? SubwordVocabulary.Of(given, piece => counter.CountOf(piece), options)
            : counter.Build(options);
    }

    /// <summary>Makes a vocabulary of another one and the words read so far that it lacks, as <see cref="VocabularyBuilder.Extend"/> does.</summary>
    /// <param name="vocabulary">The vocabulary to extend.</param>
    /// <param name="options">The options; null stands for the defaults.</param>
    /// <returns>The longer vocabulary, or <paramref name="vocabulary"/> itself where no word is new.</returns>
    /// <exception cref="ArgumentException">An option is out of range or does not go with the vocabulary.</exception>
    public Vocabulary ExtendVocabulary(Vocabulary vocabulary, VocabularyOptions? options = null) => given is null && learned is null
        ? counter.Extend(vocabulary, options)
        : throw new ArgumentException("A vocabulary of subwords has every piece and knows every word, so that it cannot be extended; take it as it is.", nameof(vocabulary));

    /// <summary>Writes what was read so far in the ids of a vocabulary, be it made of this text or another.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <returns>The stream; it is empty where no line was read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="vocabulary"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There are more words than a stream holds, about two thousand million.</exception>
    public TokenStream Build(Vocabulary vocabulary) => Build(vocabulary, default, Position);

    /// <summary>Leaves all from a position on out of the counts, and so out of subwords and vocabulary: what is held out must not be known beforehand.</summary>
    internal void HoldOut(TextPosition start)
    {
        foreach (var index in Ids.ToArray(start.Ids, Ids.Count))
            if (index != EndOfLine) counter.Discount(index);
    }

    /// <summary>Writes a part of what was read in the ids of a vocabulary.</summary>
    internal TokenStream Build(Vocabulary vocabulary, TextPosition start, TextPosition end)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var ids = Translate(Ids.ToArray(start.Ids, end.Ids), vocabulary);
        return new TokenStream(ids, end.Lines - start.Lines, ids.AsSpan().Count(Vocabulary.UnknownId), end.SkippedLines - start.SkippedLines);
    }

    /// <summary>Takes away what has been read since the last time, for <see cref="Translate"/>; words stay counted.</summary>
    internal int[] Take()
    {
        var taken = Ids.ToArray();
        Ids.Clear();
        return taken;
    }

    /// <summary>Writes what was read in the ids of a vocabulary.</summary>
    /// <param name="read">What was read, which may be overwritten.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    internal int[] Translate(int[] read, Vocabulary vocabulary)
    {
        if (learned is not null)
        {
            LearnSubwords();
            return subwords!.Translate(counter, read, EndOfLine, vocabulary);
        }
        if (translation is not { } known || known.Vocabulary != vocabulary || known.Ids.Length != counter.DistinctCount)
            translation = known = (vocabulary, [.. counter.Words.Take(counter.DistinctCount).Select(word => vocabulary.IdOf(word))]);
        foreach (ref var id in read.AsSpan()) id = id == EndOfLine ? Vocabulary.EndOfLineId : known.Ids[id];
        return read;
    }

    private InvalidOperationException NoWord(string purpose) => new(
        $"There is no word to {purpose}: {CountText.Of(LineCount, "line was", "lines were")} read and none has a word{(SkippedLines == 0 ? "" : $", and {CountText.Of(SkippedLines, "was", "were")} left out as null or blank")}. Give text that has words.");

    private protected override int Identify(ReadOnlySpan<char> word) => counter.CountWord(word);
}
