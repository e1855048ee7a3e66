using System.Text;

namespace RnnLm.Suggestions;

/// <summary>Characters that a model of characters may go on with.</summary>
/// <param name="Before">Those before the last; null at the beginning.</param>
/// <param name="Character">The last; none at the beginning.</param>
/// <param name="Score">The logarithm of the probability of all of them and, where the word is complete, of its end.</param>
/// <param name="Length">How many there are.</param>
internal sealed record CharacterPath(CharacterPath? Before, int Character, double Score, int Length)
{
    /// <summary>The state after the characters; null where they have not been read.</summary>
    public PredictorState? State { get; set; }

    /// <summary>Whether the word ends behind the last.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The characters as text.</summary>
    public string TextIn(Vocabulary vocabulary)
    {
        var text = new StringBuilder();
        for (var path = this; path.Before is not null; path = path.Before) text.Insert(0, vocabulary[path.Character]);
        return text.ToString();
    }
}
