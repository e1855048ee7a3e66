namespace RnnLm.Cli.Answers;

/// <summary>A word with its embedding.</summary>
sealed record EmbeddedWord(string Word, float[] Embedding);
