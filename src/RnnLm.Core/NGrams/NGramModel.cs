namespace RnnLm;

/// <summary>Stands in for the n-gram model until it is merged.</summary>
public abstract class NGramModel
{
    /// <summary>The greatest number of words of an n-gram.</summary>
    public abstract int Order { get; }

    /// <summary>The words.</summary>
    public abstract Vocabulary Vocabulary { get; }

    /// <summary>The natural logarithm of a word's probability after others.</summary>
    public abstract double LogProbability(ReadOnlySpan<int> context, int word);

    /// <summary>The natural logarithm of the probability of every word.</summary>
    public abstract void LogProbabilities(ReadOnlySpan<int> context, Span<float> destination);
}
