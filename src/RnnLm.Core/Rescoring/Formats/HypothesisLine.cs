namespace RnnLm.Rescoring.Formats;

/// <summary>A line that is a hypothesis or a transcript.</summary>
/// <param name="Key">What its scores are found by.</param>
/// <param name="Utterance">The utterance's name.</param>
/// <param name="Place">Its place in the list, from 1; 0 where it has none.</param>
/// <param name="Text">The text.</param>
/// <param name="Scores">The scores of the line.</param>
internal sealed record HypothesisLine(string Key, string Utterance, int Place, string Text, IReadOnlyList<double> Scores);
