using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Dropout of the weights of a matrix (DropConnect, Wan 2013; on recurrent matrices Merity 2018), with one mask for a window. The weights stay as they are; the
/// window is computed with <see cref="Dropped"/>.
/// </summary>
internal sealed class WeightDropout
{
    private readonly MatrixView weights;
    private readonly DropoutMask mask;
    private readonly int place;
    private readonly CurrentWindow window;
    private readonly Workers workers;
    private readonly Action<int> applyPart;
    private (MatrixView Source, MatrixView Destination) current;

    /// <param name="weights">The weights; they are read for every window.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="layer">The recurrent layer, from 0.</param>
    /// <param name="window">The window.</param>
    /// <param name="workers">The threads that share the work.</param>
    public WeightDropout(MatrixView weights, DropoutMask mask, int layer, CurrentWindow window, Workers workers)
    {
        this.weights = weights;
        this.mask = mask;
        this.window = window;
        this.workers = workers;
        place = Places.WeightDropout - layer;
        applyPart = ApplyPart;
        Dropped = MatrixView.Zeros(weights.Rows, weights.Columns);
    }

    /// <summary>The weights that are kept in the window, scaled, and zeros; in the shape of the weights.</summary>
    public MatrixView Dropped { get; }

    /// <summary>Writes <see cref="Dropped"/> for the window.</summary>
    public void Forward() => Apply(weights, Dropped);

    /// <summary>Makes the gradient of <see cref="Dropped"/> that of the weights.</summary>
    public void Backward(MatrixView gradient) => Apply(gradient, gradient);

    private void Apply(MatrixView source, MatrixView destination)
    {
        current = (source, destination);
        workers.Run(workers.Count, applyPart);
    }

    private void ApplyPart(int part)
    {
        var (source, destination) = current;
        var (start, count) = Partition.Share(source.Rows, part, workers.Count);
        for (var row = start; row < start + count; row++)
            mask.Apply(source.Row(row), destination.Row(row), window.Step, place, row * source.Columns);
    }
}
