namespace RnnLm.Cli.Answers;

/// <summary>With what the fewest errors are made.</summary>
sealed record RescoringTunedLine(double Weight, double Penalty, WordErrorRate FirstBest, WordErrorRate Oracle, WordErrorRate Tuned) : EventLine("tuned");

/// <summary>A hypothesis with its new score, and the place that it had.</summary>
sealed record RescoredText(string Text, double Score, double LogProbability, int Words, int Unknown, int Place);
