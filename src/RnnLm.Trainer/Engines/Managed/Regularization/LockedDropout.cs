using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>Locked (variational) dropout: a stream has one mask for a whole window, the same at every step (Gal and Ghahramani 2016).</summary>
/// <inheritdoc cref="Dropout(WindowLayer, DropoutMask, int, CurrentWindow, Workers)"/>
internal sealed class LockedDropout(WindowLayer below, DropoutMask mask, int place, CurrentWindow window, Workers workers)
    : Dropout(below, mask, place, window, workers)
{
    protected override int MaskRowOf(int position) => position % Window.BatchSize;
}
