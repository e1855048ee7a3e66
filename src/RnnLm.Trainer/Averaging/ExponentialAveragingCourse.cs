namespace RnnLm.Training;

/// <summary>An exponential moving average over the last part of a run.</summary>
/// <param name="interval">How many windows there are from one average to the next.</param>
/// <param name="decay">How much of the average is left after a window.</param>
/// <param name="start">The share of the run after which it begins.</param>
internal sealed class ExponentialAveragingCourse(int interval, double decay, double start) : AveragingCourse(interval)
{
    protected override bool IsToBegin(double done) => done >= start;

    protected override double ShareOf(long n, int interval)
    {
        var left = Math.Pow(decay, interval);
        return (1 - left) / (1 - Math.Pow(left, n));
    }
}
