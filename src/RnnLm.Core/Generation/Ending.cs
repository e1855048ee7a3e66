namespace RnnLm.Generation;

/// <summary>How a continuation ends with a word.</summary>
/// <param name="End">Where.</param>
/// <param name="Cut">How many words that takes off its end, this word among them.</param>
internal readonly record struct Ending(ContinuationEnd End, int Cut);
