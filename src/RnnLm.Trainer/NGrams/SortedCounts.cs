namespace RnnLm.Training;

/// <summary>N-grams of one length in rising order, each once, with their counts: to be gone through once.</summary>
internal abstract class SortedCounts : IDisposable
{
    /// <summary>The n-gram.</summary>
    public abstract ReadOnlySpan<int> Words { get; }

    /// <summary>Its count.</summary>
    public abstract long Count { get; }

    /// <summary>Goes on to the next n-gram; false where there is none.</summary>
    public abstract bool MoveNext();

    public virtual void Dispose()
    {
    }
}
