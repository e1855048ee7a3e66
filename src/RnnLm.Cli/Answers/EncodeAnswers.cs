namespace RnnLm.Cli.Answers;

/// <summary>The corpus is in its file.</summary>
sealed record EncodedLine(string Corpus, long Bytes, int VocabularySize, int Words, int Lines, long Unknown, double Seconds) : EventLine("saved");
