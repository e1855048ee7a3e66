namespace RnnLm.Cli.Answers;

/// <summary>The words of a text that look like mistakes.</summary>
sealed record SuspectsLine(string Text, IEnumerable<SuspectedWord> Suspects);

/// <summary>A word that looks like a mistake.</summary>
sealed record SuspectedWord(string Word, int Position, double LogOdds, double Suspicion, bool Unknown, IReadOnlyList<SuspectAlternative> Alternatives);
