namespace RnnLm.Text;

/// <summary>A place in a text that is being read: how much lies before it.</summary>
/// <param name="Ids">The number of words and ends of lines.</param>
/// <param name="Lines">The number of lines.</param>
/// <param name="SkippedLines">The number of lines that were left out.</param>
internal readonly record struct TextPosition(long Ids, int Lines, int SkippedLines);
