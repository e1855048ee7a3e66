namespace RnnLm.Interactive.Curves;

/// <summary>A perplexity after so many epochs.</summary>
internal readonly record struct CurvePoint(double Epochs, double Perplexity);
