namespace RnnLm.Cli.Answers;

/// <summary>One of several continuations.</summary>
sealed record AlternativeContinuation(string Continuation, double Score, double LogProbability, ContinuationEnd End, IEnumerable<ContinuingWord> Words);

/// <summary>A word of a continuation.</summary>
sealed record ContinuingWord(string Word, double LogProbability);
