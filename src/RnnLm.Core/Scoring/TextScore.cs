using RnnLm.Scoring;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>
/// How probable a text is to a model, word by word and as a whole. Of a model of subwords, words are whole ones, as a person sees them, each with the log-probabilities of
/// its pieces added up: figures by word can be compared with those of a model of whole words.
/// </summary>
public sealed class TextScore
{
    private readonly WordScores scores; // of words, or of pieces
    private readonly int charactersLeftOut;
    private readonly int piecesCounted;
    private int characterCount = -1; // not counted yet

    private TextScore(IReadOnlyList<WordScore> words, WordScores scores)
    {
        this.scores = scores;
        Words = words;
        foreach (var word in words)
        {
            if (word.IsUnknown) UnknownCount++;
            if (!word.IsCounted)
            {
                charactersLeftOut += CharactersOf(word.Word);
                continue;
            }
            Count++;
            LogProbability += word.LogProbability;
        }
        piecesCounted = ReferenceEquals(words, scores) ? Count : scores.Count(piece => piece.IsCounted);
    }

    /// <summary>The words in the order of the text; the end-of-line word last, where it is scored.</summary>
    public IReadOnlyList<WordScore> Words { get; }

    /// <summary>What the model predicted one after the other: of a model of subwords the pieces of words, of any other the words.</summary>
    public IReadOnlyList<WordScore> Pieces => scores;

    /// <summary>The number of words that are part of the score.</summary>
    public int Count { get; }

    /// <summary>The number of words outside the vocabulary, whether or not they are part of the score.</summary>
    public int UnknownCount { get; }

    /// <summary>
    /// The number of characters (Unicode code points) that are part of the score: those of the text as it was given, white space included, and one for the end
    /// of the line where it is scored; of a row of words, those of the text that the tokenizer joins them to. Unknown words that are left out of the score are left out here.
    /// </summary>
    public int CharacterCount => characterCount >= 0 ? characterCount : characterCount = scores.CountCharacters() - charactersLeftOut;

    /// <summary>The natural logarithm of the text's probability: the sum over the words that are part of the score; 0 where there is none.</summary>
    public double LogProbability { get; }

    /// <summary>The mean of <c>−ln p</c> by word, in nats; not a number where no word is part of the score.</summary>
    public double CrossEntropy => -LogProbability / Count;

    /// <summary>The mean of <c>−log2 p</c> by word: <see cref="CrossEntropy"/> in bits.</summary>
    public double BitsPerWord => CrossEntropy / Math.Log(2);

    /// <summary>
    /// <c>−log2 p</c> by character: a measure that models of different words, or of characters, have in common, as long as they know all words. Not a number where
    /// no character is part of the score.
    /// </summary>
    public double BitsPerCharacter => CharacterCount > 0 ? -LogProbability / (Math.Log(2) * CharacterCount) : double.NaN;

    /// <summary><c>exp</c> of <see cref="CrossEntropy"/>; not a number where no word is part of the score.</summary>
    public double Perplexity => Math.Exp(CrossEntropy);

    /// <summary><c>exp</c> of the mean of <c>−ln p</c> by piece; not to be compared between models with other pieces. Not a number where no word is part of the score.</summary>
    public double PiecePerplexity => Math.Exp(-LogProbability / piecesCounted);

    /// <summary>The score of words, or of pieces of words where the tokenizer makes those.</summary>
    internal static TextScore Of(WordScores scores, Tokenizer tokenizer)
        => new(tokenizer is SubwordTokenizer subwords ? WholeWords.Of(scores, subwords) : scores, scores);

    /// <summary>The figures, for people to read.</summary>
    public override string ToString()
        => FormattableString.Invariant($"log-probability {LogProbability:F3}, perplexity {PerplexityText.Of(Perplexity)}, {CountText.Of(Count, "word")}, {UnknownCount:N0} unknown");

    /// <summary>The number of characters of a text: of its code points.</summary>
    internal static int CharactersOf(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }
}
