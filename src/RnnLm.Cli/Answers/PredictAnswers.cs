namespace RnnLm.Cli.Answers;

/// <summary>A word that may come next.</summary>
sealed record PredictedWord(string Word, double Probability);
