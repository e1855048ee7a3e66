namespace RnnLm.Training;

/// <summary>Makes the gradients of a window those of the windows of all processes that train one network.</summary>
internal abstract class GradientExchange
{
    /// <summary>Makes them so.</summary>
    /// <param name="gradients">The gradients of the mean loss of this process's window, to be changed.</param>
    /// <param name="own">What that window gave.</param>
    /// <returns>What the windows of all processes gave; null where none of them has a target, so that there is nothing to learn.</returns>
    public abstract WindowResult? Exchange(IReadOnlyList<Gradient> gradients, WindowResult own);
}
