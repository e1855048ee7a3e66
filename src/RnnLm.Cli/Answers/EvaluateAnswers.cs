namespace RnnLm.Cli.Answers;

/// <summary>How well a text is predicted.</summary>
sealed record EvaluationLine(
    EvaluationContext Context, long Words, long Pieces, long Unknown, double CrossEntropy, double BitsPerWord, double Perplexity, double PiecePerplexity, double AccuracyAt1,
    double AccuracyAt3, double AccuracyAt5, IReadOnlyList<string> Additions, double Seconds);

/// <summary>How many keystrokes suggestions save.</summary>
sealed record TypingEvaluationLine(
    long Keystrokes, double SavedAt1, double SavedAt3, double SavedAt5, double UpperBound, double RecallAt1, double RecallAt3, double MillisecondsP50, double MillisecondsP95);
