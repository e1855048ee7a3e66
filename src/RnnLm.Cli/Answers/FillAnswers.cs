namespace RnnLm.Cli.Answers;

/// <summary>A text whose gap is filled.</summary>
sealed record FilledLine(string Text, string Filled, IEnumerable<FillingWords> Candidates, int Tried, bool Exact);

/// <summary>What may stand in the gap.</summary>
sealed record FillingWords(string Words, double Probability, double LogProbability, int Unknown);
