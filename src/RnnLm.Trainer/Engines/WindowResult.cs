namespace RnnLm;

/// <summary>What one window of training gave.</summary>
/// <param name="Loss">The sum of <c>-ln p</c> over the window's targets, in nats.</param>
/// <param name="GradientNorm">The norm of all gradients of the mean loss together, before clipping.</param>
public readonly record struct WindowResult(double Loss, double GradientNorm)
{
    /// <summary>Whether loss and gradient are finite numbers.</summary>
    public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(GradientNorm);
}
