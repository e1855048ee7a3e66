namespace RnnLm;

/// <summary>A corpus as windows, epoch after epoch. In every epoch each word of the corpus is a target exactly once.</summary>
public interface IWindowSource
{
    /// <summary>The number of targets in an epoch, padding left out: the number of words of the corpus.</summary>
    long TargetCount { get; }

    /// <summary>Begins an epoch; what it is like depends on its number alone, not on the epochs before.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    void Begin(int epoch);

    /// <summary>Writes what comes next into a window.</summary>
    /// <param name="window">The window to overwrite.</param>
    /// <returns>False at the end of the epoch, when there is nothing more to write.</returns>
    /// <exception cref="ArgumentException">The window is for another number of streams.</exception>
    bool Fill(Window window);
}
