namespace RnnLm.Cli.Answers;

/// <summary>The n-gram model is in its file.</summary>
sealed record NGramLine(string Model, long Bytes, int Order, int VocabularySize, IEnumerable<int> NGrams, double Words, double Seconds) : EventLine("saved");
