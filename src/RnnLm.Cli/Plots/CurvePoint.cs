namespace RnnLm.Cli.Plots;

/// <summary>A point of a learning curve.</summary>
/// <param name="X">What it is drawn over: seconds, words or epochs.</param>
/// <param name="Perplexity">The perplexity.</param>
readonly record struct CurvePoint(double X, double Perplexity);
