namespace RnnLm.Suggestions;

/// <summary>A whole word of a model of subwords.</summary>
/// <param name="Text">The word with the white space before it.</param>
/// <param name="SpaceLength">How much of that is white space.</param>
/// <param name="LogProbability">The natural logarithm of its probability: of its pieces one after the other.</param>
internal readonly record struct PieceWord(string Text, int SpaceLength, double LogProbability)
{
    /// <summary>The word alone.</summary>
    public string Word => Text[SpaceLength..];
}
