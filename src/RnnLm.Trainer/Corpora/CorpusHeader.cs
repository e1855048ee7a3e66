namespace RnnLm.Training;

/// <summary>What the file of a corpus says, but for the ids themselves.</summary>
/// <param name="Tokenizer">What split the text into words.</param>
/// <param name="Vocabulary">The words.</param>
/// <param name="Start">Where in the file the ids begin.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Lines">The number of lines.</param>
/// <param name="UnknownCount">How many of the words are the unknown one.</param>
/// <param name="SkippedLines">How many lines were left out.</param>
internal sealed record CorpusHeader(Tokenizer Tokenizer, Vocabulary Vocabulary, long Start, int Count, int Lines, long UnknownCount, int SkippedLines);
