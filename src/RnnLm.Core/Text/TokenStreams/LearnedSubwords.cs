namespace RnnLm.Text;

/// <summary>Subwords that were learned of counted words, and the pieces of each of these words.</summary>
internal sealed class LearnedSubwords
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<int[]> piecesOfWords = []; // by the index of the word among those counted

    private LearnedSubwords(SubwordTokenizer tokenizer)
    {
        Tokenizer = tokenizer;
        foreach (var piece in tokenizer.Pieces) numbers.Add(piece, numbers.Count);
    }

    /// <summary>The tokenizer.</summary>
    public SubwordTokenizer Tokenizer { get; }

    /// <summary>Learns subwords.</summary>
    /// <param name="counter">The words, each with the white space before it.</param>
    /// <param name="options">How they are learned.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LearnedSubwords Of(VocabularyBuilder counter, SubwordOptions options, CancellationToken cancellationToken) => new(
        SubwordTokenizer.Learn(counter.Words.Select(word => (word, counter.CountOf(word))), options, cancellationToken));

    /// <summary>Makes a vocabulary of all pieces, by their frequency in what was counted.</summary>
    /// <exception cref="ArgumentException">The options leave no place for a piece.</exception>
    public Vocabulary BuildVocabulary(VocabularyBuilder counter, VocabularyOptions? options)
    {
        Split(counter);
        var counts = new long[Tokenizer.Pieces.Count];
        for (var word = 0; word < counter.Words.Count; word++)
        {
            var count = counter.CountOf(counter.Words[word]);
            foreach (var piece in piecesOfWords[word]) counts[piece] += count;
        }
        return SubwordVocabulary.Of(Tokenizer, piece => counts[numbers[piece]], options);
    }

    /// <summary>Words as the ids of their pieces.</summary>
    /// <param name="counter">What has counted the words.</param>
    /// <param name="words">The words' indices, and <paramref name="endOfLine"/> where a line ends.</param>
    /// <param name="endOfLine">What stands for the end of a line.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <exception cref="InvalidOperationException">There are more pieces than an array holds.</exception>
    public int[] Translate(VocabularyBuilder counter, int[] words, int endOfLine, Vocabulary vocabulary)
    {
        Split(counter);
        int[] ids = [.. Tokenizer.Pieces.Select(piece => vocabulary.IdOf(piece))];
        var stream = new IdList();
        foreach (var word in words)
        {
            if (word == endOfLine)
            {
                stream.Add(Vocabulary.EndOfLineId);
                continue;
            }
            foreach (var piece in piecesOfWords[word]) stream.Add(ids[piece]);
        }
        return stream.ToArray();
    }

    /// <summary>Splits the words that have been counted since.</summary>
    private void Split(VocabularyBuilder counter)
    {
        var pieces = new List<int>();
        for (var word = piecesOfWords.Count; word < counter.Words.Count; word++)
        {
            pieces.Clear();
            Tokenizer.TokenizeWord(counter.Words[word], piece => pieces.Add(numbers[piece]));
            piecesOfWords.Add([.. pieces]);
        }
    }
}
