namespace RnnLm.Cli.Answers;

/// <summary>A word, and how much it moved the probability of the next one.</summary>
sealed record ExplainingWord(string Word, int Position, double Nats, double Probability);
