namespace RnnLm.Interactive.Curves;

/// <summary>A perplexity after so many epochs.</summary>
internal readonly record struct EpochPoint(double Epochs, double Perplexity);
