namespace RnnLm.Suggestions;

/// <summary>A word that goes on with what was typed.</summary>
/// <param name="Id">Its id; from the size of the vocabulary on, words of the person's own.</param>
/// <param name="Score">The logarithm of its probability, less the cost of its edits.</param>
/// <param name="Edits">How many letters were typed wrongly.</param>
internal readonly record struct Candidate(int Id, double Score, int Edits)
{
    public bool ComesBefore(in Candidate other) => Score > other.Score || (Score == other.Score && Id < other.Id);
}
