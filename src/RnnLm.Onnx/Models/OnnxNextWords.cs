using RnnLm.Faults;
using RnnLm.Prediction;

namespace RnnLm.Onnx;

/// <summary>Which of the next words a graph gives.</summary>
public sealed class OnnxNextWords
{
    /// <summary>How many of the most probable words; at least 1, and at most as many as are not excluded.</summary>
    /// <value>The default is 5.</value>
    public int Count { get; set; } = 5;

    /// <summary>The words that are never among them. Probabilities are those of the whole distribution all the same.</summary>
    /// <value>The default is <see cref="SpecialWords.All"/>.</value>
    public SpecialWords Exclude { get; set; } = SpecialWords.All;

    /// <summary>
    /// Whether the graph reads one word of one text at a time: its sizes are then all known, as those of rows of ML.NET's <c>ApplyOnnxModel</c> must be.
    /// Otherwise it reads as many words of as many texts as it is given, and gives the words after the last ones.
    /// </summary>
    /// <value>The default is true.</value>
    public bool OneAtATime { get; set; } = true;

    internal void AddFaults(OptionFaults faults, Vocabulary vocabulary)
    {
        var left = Exclude.CountWordsLeft(vocabulary);
        if ((Exclude & ~SpecialWords.All) != 0) faults.Add(nameof(Exclude), Exclude.ToString(), $"made up of {string.Join(", ", Enum.GetNames<SpecialWords>())}");
        else if (left == 0) faults.Add(nameof(Exclude), Exclude.ToString(), "such that a word is left; the vocabulary has these alone");
        else faults.RequireBetween(nameof(Count), Count, 1, left);
    }
}
