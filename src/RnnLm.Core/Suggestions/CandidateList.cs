namespace RnnLm.Suggestions;

/// <summary>The best of many words, in falling order of their scores; of equal ones the word of lower id comes first. It belongs to one thread.</summary>
/// <param name="capacity">How many.</param>
internal sealed class CandidateList(int capacity)
{
    private readonly Candidate[] candidates = new Candidate[capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The score that a word must reach, for whoever wants to save the call: at least that of the worst where the list is full.</summary>
    public double LeastScore => Count < capacity ? double.NegativeInfinity : candidates[capacity - 1].Score;

    /// <summary>One of them, from the best on.</summary>
    public Candidate this[int index] => candidates[index];

    public void Clear() => Count = 0;

    /// <summary>Takes a word in where it is among the best.</summary>
    public void Add(int id, double score, int edits)
    {
        var candidate = new Candidate(id, score, edits);
        if (Count == capacity && !candidate.ComesBefore(candidates[Count - 1])) return;
        var place = Count < capacity ? Count++ : Count - 1;
        for (; place > 0 && candidate.ComesBefore(candidates[place - 1]); place--) candidates[place] = candidates[place - 1];
        candidates[place] = candidate;
    }
}
