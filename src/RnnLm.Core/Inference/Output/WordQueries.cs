namespace RnnLm.Inference;

/// <summary>
/// Words whose log-probabilities after some states are wanted, and where asked for their ranks; a <see cref="WordScorer"/> answers. It belongs to
/// one thread and is used again and again.
/// </summary>
/// <param name="ranked">Of how many of the most probable words the places are to be told; 0 where ranks are not wanted.</param>
internal sealed class WordQueries(int ranked = 0)
{
    private int[] states = [];
    private int[] words = [];
    private double[] logProbabilities = [];
    private int[] ranks = [];

    /// <summary>Of how many of the most probable words the places are told.</summary>
    public int Ranked => ranked;

    /// <summary>The number of words asked about.</summary>
    public int Count { get; private set; }

    /// <summary>The row of the state that each word comes after.</summary>
    public ReadOnlySpan<int> States => states.AsSpan(0, Count);

    /// <summary>The words' ids.</summary>
    public ReadOnlySpan<int> Words => words.AsSpan(0, Count);

    /// <summary>The answers: the natural logarithms of the words' probabilities.</summary>
    public Span<double> LogProbabilities => logProbabilities.AsSpan(0, Count);

    /// <summary>
    /// The answers: how many words come before each in the order of probability, of equally probable ones those of lower id. It is exact below
    /// <see cref="Ranked"/>, and some number from there on where it is not below.
    /// </summary>
    public Span<int> Ranks => ranks.AsSpan(0, Count);

    /// <summary>Asks about a word; states are asked about from the first to the last.</summary>
    /// <param name="state">The row of the state that the word comes after.</param>
    /// <param name="word">The word's id.</param>
    /// <exception cref="ArgumentException">A later state was asked about before.</exception>
    public void Add(int state, int word)
    {
        if (Count > 0 && state < states[Count - 1])
            throw new ArgumentException($"The state {state} comes before the state {states[Count - 1]}, about which was asked already.", nameof(state));
        if (Count == states.Length)
        {
            var capacity = Math.Max(16, 2 * Count);
            Array.Resize(ref states, capacity);
            Array.Resize(ref words, capacity);
            Array.Resize(ref logProbabilities, capacity);
            Array.Resize(ref ranks, capacity);
        }
        (states[Count], words[Count]) = (state, word);
        Count++;
    }

    /// <summary>Whether there is a question from a place on that is about a state.</summary>
    public bool AreAbout(int state, int query) => query < Count && states[query] == state;

    /// <summary>Forgets all questions.</summary>
    public void Clear() => Count = 0;
}
