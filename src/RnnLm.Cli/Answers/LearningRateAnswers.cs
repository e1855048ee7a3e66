namespace RnnLm.Cli.Answers;

/// <summary>What learning rates were tried, and which is suggested.</summary>
sealed record LearningRateLine(double? Suggestion, bool HasDiverged, double StartLoss, double Least, IReadOnlyList<LearningRatePoint> Points);
